//! The form of a case: front matter, title, why, and fenced blocks in the order in which they are run.

use interlock_core::record::Object;
use serde_json::Value;

/// One file of the corpus.
pub(crate) struct Case {
    /// Its path below the corpus.
    pub(crate) name: String,
    /// The behaviour, as a sentence.
    pub(crate) title: String,
    /// The rows it covers.
    pub(crate) shows: Vec<String>,
    /// Whether it builds on the starting contract and not on that of `base.json`.
    pub(crate) starting: bool,
    pub(crate) steps: Vec<Step>,
}

/// A fenced block, with the line of its first line of text.
pub(crate) struct Step {
    pub(crate) line: usize,
    pub(crate) block: Block,
}

pub(crate) enum Block {
    /// What is changed in the base contract.
    Contract(Value),
    /// A contract as it stands, perhaps broken.
    Whole(String),
    Table(Object, String),
    Event(Value),
    /// The event that the clock raises for a lead of the CRM, with what is added to it.
    Sweep(Value),
    /// What is known from before: what waits for a person, what was taken back.
    State(Value),
    /// What a person does with something the event before it led to, and what becomes of it.
    Person(Value),
    /// What must come of the event before it: lines that say something.
    Expect(Vec<(usize, String)>),
    /// What checking the contract must find.
    Check(Vec<(usize, String)>),
}

/// Reads a case. Everything but prose must be understood.
pub(crate) fn parse(name: &str, text: &str) -> Result<Case, String> {
    let fault = |line: usize, says: String| format!("{name}:{line}: {says}");
    let lines: Vec<&str> = text.lines().collect();
    let (shows, starting) = match lines.as_slice() {
        ["---", shows, "---", ..] => (shows, false),
        ["---", shows, "contract: starting", "---", ..] => (shows, true),
        _ => {
            let says = "expected `---`, `shows: ROW, ROW`, perhaps `contract: starting`, `---` first";
            return Err(fault(1, says.to_owned()));
        }
    };
    let Some(shows) = shows.strip_prefix("shows: ") else {
        return Err(fault(2, "expected `shows: ROW, ROW`".to_owned()));
    };
    let shows: Vec<String> = shows.split(", ").map(str::to_owned).collect();
    let mut title = None;
    let mut steps = Vec::new();
    let mut words = 0;
    let mut at = if starting { 4 } else { 3 };
    while let Some(line) = lines.get(at) {
        at += 1;
        if let Some(text) = line.strip_prefix("# ") {
            if title.replace(text.to_owned()).is_some() {
                return Err(fault(at, "a second title: one behaviour a file".to_owned()));
            }
        } else if let Some(kind) = line.strip_prefix("```") {
            let from = at;
            let length = lines[from..].iter().position(|line| *line == "```");
            let Some(length) = length else { return Err(fault(at, "this block has no end".to_owned())) };
            at = from + length + 1;
            let block = block(kind, &lines[from..from + length], from + 1);
            steps.push(Step { line: from + 1, block: block.map_err(|(line, says)| fault(line, says))? });
        } else {
            words += line.split_whitespace().count();
        }
    }
    let Some(title) = title.filter(|title| title.ends_with('.')) else {
        return Err(fault(4, "expected a title `# …` that is a sentence with its full stop".to_owned()));
    };
    if words < 8 && name != "x/x.md" {
        return Err(fault(4, "say in two or three sentences why it matters".to_owned()));
    }
    if !steps.iter().any(|step| matches!(step.block, Block::Expect(_) | Block::Check(_) | Block::Person(_))) {
        return Err(fault(4, "this case expects nothing".to_owned()));
    }
    Ok(Case { name: name.to_owned(), title, shows, starting, steps })
}

fn block(kind: &str, lines: &[&str], first: usize) -> Result<Block, (usize, String)> {
    let text = lines.join("\n");
    let value = || {
        serde_json::from_str::<Value>(&text)
            .map_err(|error| (first + error.line().saturating_sub(1), error.to_string()))
    };
    let said = || {
        let numbered = lines.iter().enumerate().map(|(place, line)| (first + place, (*line).to_owned()));
        numbered.filter(|(_, line)| !line.trim().is_empty()).collect::<Vec<_>>()
    };
    Ok(match kind {
        "json contract" => Block::Contract(value()?),
        "json contract whole" => Block::Whole(text),
        "json event" => Block::Event(value()?),
        "json sweep" => Block::Sweep(value()?),
        "json state" => Block::State(value()?),
        "json person" => Block::Person(value()?),
        "expect" | "expect check" if said().is_empty() => {
            return Err((first, "this block expects nothing".to_owned()));
        }
        "expect" => Block::Expect(said()),
        "expect check" => Block::Check(said()),
        _ => {
            let object = kind.strip_prefix("csv crm ").and_then(|file| match file {
                "accounts.csv" => Some(Object::Account),
                "contacts.csv" => Some(Object::Contact),
                "leads.csv" => Some(Object::Lead),
                "opportunities.csv" => Some(Object::Opportunity),
                "owners.csv" => Some(Object::Owner),
                "activities.csv" => Some(Object::Activity),
                _ => None,
            });
            let Some(object) = object else { return Err((first - 1, format!("no block is called `{kind}`"))) };
            Block::Table(object, text + "\n")
        }
    })
}
