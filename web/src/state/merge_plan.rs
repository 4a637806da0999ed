//! The merge plan: what a merge of duplicates would keep and what it would replace, as JSON and as CSV.
//!
//! Input: groups of duplicates. Output: text. Invariant: what every record of a group holds now is in it, so that a merge
//! made by it can be undone; the panel itself merges nothing.

use interlock_core::identity::duplicates::{Group, Survivor};
use serde_json::{Map, Value, json};

/// The columns of the CSV: one row a field of a record.
const COLUMNS: [&str; 10] =
    ["group", "flagged", "object", "master_id", "record_id", "role", "field", "previous", "survives", "survives_from"];

fn flagged(group: &Group) -> &'static str {
    if group.automatic { "automatic" } else { "review" }
}

fn source<'g>(group: &'g Group, field: &Survivor) -> &'g str {
    let from = usize::try_from(field.from).ok().and_then(|from| group.members.get(from));
    from.map(|member| member.id.as_str()).unwrap_or_default()
}

/// The plan as JSON, with `about`: which contract, which files, which moment.
pub(crate) fn json(groups: &[&Group], about: &Value) -> String {
    let groups: Vec<Value> = groups.iter().map(|group| one(group)).collect();
    let plan = json!({"merge_plan": about, "groups": groups});
    serde_json::to_string_pretty(&plan).unwrap_or_default()
}

fn one(group: &Group) -> Value {
    let named = |place: usize| {
        group.members.get(place).map(|member| json!({"object": member.object, "id": member.id, "name": member.name}))
    };
    let fields: Vec<Value> = group
        .merge
        .iter()
        .map(|field| {
            let previous: Map<String, Value> = group
                .members
                .iter()
                .zip(&field.now)
                .map(|(member, now)| (member.id.to_string(), if now.is_empty() { Value::Null } else { json!(now) }))
                .collect();
            json!({
                "field": field.field,
                "survives": field.value,
                "from": source(group, field),
                "conflict": field.conflict,
                "previous": previous,
            })
        })
        .collect();
    let evidence: Vec<Value> = group
        .evidence
        .iter()
        .map(|pair| {
            let id = |place: u32| usize::try_from(place).ok().and_then(|place| group.members.get(place)).map(|one| &one.id);
            let (a, b) = pair.between;
            json!({"between": [id(a), id(b)], "weight": pair.waterfall.total, "probability": pair.waterfall.probability})
        })
        .collect();
    json!({
        "flagged": flagged(group),
        "master": named(0),
        "master_by": group.master_by,
        "merged": (1..group.members.len()).filter_map(named).collect::<Vec<_>>(),
        "fields": fields,
        "evidence": evidence,
    })
}

/// The plan as CSV, one row a field of a record that has a value there or gets one.
pub(crate) fn csv(groups: &[&Group]) -> String {
    let mut out = String::new();
    row(&mut out, COLUMNS);
    for (number, group) in groups.iter().enumerate() {
        let number = (number + 1).to_string();
        let master = group.members.first().map(|master| master.id.as_str()).unwrap_or_default();
        for (place, member) in group.members.iter().enumerate() {
            let role = if place == 0 { "master" } else { "merged" };
            let mut line = |field: &str, previous: &str, survives: &str, from: &str| {
                let cells = [
                    &number,
                    flagged(group),
                    member.object.word(),
                    master,
                    member.id.as_str(),
                    role,
                    field,
                    previous,
                    survives,
                    from,
                ];
                row(&mut out, cells);
            };
            // A record without a value is in the plan all the same.
            line("id", member.id.as_str(), master, master);
            for field in &group.merge {
                let previous = field.now.get(place).map(String::as_str).unwrap_or_default();
                if !previous.is_empty() || place == 0 {
                    line(&field.field, previous, &field.value, source(group, field));
                }
            }
        }
    }
    out
}

/// One row, in quotes where RFC 4180 asks for them.
fn row<const N: usize>(out: &mut String, cells: [&str; N]) {
    for (place, cell) in cells.into_iter().enumerate() {
        if place > 0 {
            out.push(',');
        }
        if cell.contains(['"', ',', '\n', '\r']) || cell.starts_with(' ') || cell.ends_with(' ') {
            out.push('"');
            out.push_str(&cell.replace('"', "\"\""));
            out.push('"');
        } else {
            out.push_str(cell);
        }
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use interlock_core::identity::duplicates::Group;
    use serde_json::{Value, json};

    fn group() -> Group {
        let waterfall = json!({"prior": -9000, "steps": [], "total": 12_000, "probability": 1000});
        serde_json::from_value(json!({
            "automatic": false,
            "members": [
                {"object": "contact", "id": "c1", "name": "Ada \"A\" Byron"},
                {"object": "lead", "id": "l1", "name": "Ada Byron"},
            ],
            "master_by": "contact",
            "evidence": [{"between": [0, 1], "waterfall": waterfall}],
            "merge": [
                {"field": "phone", "value": "1, 2", "from": 1, "now": ["", "1, 2"], "conflict": false},
                {"field": "city", "value": "Bonn", "from": 0, "now": ["Bonn", "Berlin"], "conflict": true},
            ],
        }))
        .unwrap()
    }

    #[test]
    fn the_plan_has_what_every_record_holds_now() {
        let plan: Value = serde_json::from_str(&super::json(&[&group()], &json!({"of": "people"}))).unwrap();
        let one = &plan["groups"][0];
        assert_eq!(one["master"]["id"], "c1");
        assert_eq!(one["merged"][0]["id"], "l1");
        assert_eq!(one["fields"][0]["previous"], json!({"c1": null, "l1": "1, 2"}));
        assert_eq!(
            one["fields"][1],
            json!({
                "field": "city", "survives": "Bonn", "from": "c1", "conflict": true, "previous": {"c1": "Bonn", "l1": "Berlin"},
            })
        );
        assert_eq!(one["evidence"][0]["between"], json!(["c1", "l1"]));
    }

    #[test]
    fn the_csv_has_a_row_a_field_of_a_record() {
        let text = super::csv(&[&group()]);
        let rows: Vec<&str> = text.lines().collect();
        assert_eq!(rows[0], "group,flagged,object,master_id,record_id,role,field,previous,survives,survives_from");
        assert_eq!(rows[2], "1,review,contact,c1,c1,master,phone,,\"1, 2\",l1");
        assert_eq!(rows[6], "1,review,lead,c1,l1,merged,city,Berlin,Bonn,c1");
        assert_eq!(rows.len(), 7);
    }
}
