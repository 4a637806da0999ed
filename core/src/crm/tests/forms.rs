//! The forms in which CRMs export: what a file holds, its columns, its encoding, its dates.

use super::*;
use crate::contract::{CustomKind, CustomObject};
use crate::time::Timestamp;

#[test]
fn what_a_file_holds_shows_in_its_headers() {
    for (headers, object, fields) in [
        (
            "Record ID,First Name,Last Name,Email,Phone Number,Job Title,Company Name,Contact owner,Lead Status,Lifecycle \
             Stage,Create Date,Last Activity Date,Original Source,Country/Region,Associated Company IDs,Associated \
             Company,Marketing contact status,Unsubscribed from all email",
            Object::Contact,
            14,
        ),
        (
            "Record ID,Company name,Company Domain Name,Website URL,Company owner,Industry,Create Date,Last Activity \
             Date,Country/Region",
            Object::Account,
            9,
        ),
        (
            "Record ID,Deal Name,Deal Stage,Pipeline,Amount,Close Date,Deal owner,Create Date,Associated Company \
             IDs,Associated Contact IDs",
            Object::Opportunity,
            10,
        ),
        ("hs_object_id,email,firstname,lastname,company,jobtitle,lifecyclestage,hubspot_owner_id", Object::Contact, 8),
        (
            "Id,IsDeleted,LastName,FirstName,Company,Street,City,State,PostalCode,Country,Phone,Email,LeadSource,Status,\
             OwnerId,IsConverted,CreatedDate,HasOptedOutOfEmail",
            Object::Lead,
            17,
        ),
        (
            "First Name,Last Name,Title,Company / Account,Email,Phone,Mobile,Lead Source,Lead Status,Rating,Industry,Annual \
             Revenue,No. of Employees,Street,City,State/Province,Zip/Postal Code,Country,Website,Lead Owner,Email Opt \
             Out,Lead ID",
            Object::Lead,
            22,
        ),
        (
            "Salutation,First Name,Last Name,Title,Mailing Street,Mailing City,Mailing State/Province,Mailing Zip/Postal \
             Code,Mailing Country,Phone,Mobile,Fax,Email,Account Owner,Account Name",
            Object::Contact,
            12,
        ),
        ("Id,Name,Type,ParentId,BillingStreet,BillingCity,Phone,Website,Industry,OwnerId", Object::Account, 10),
        (
            "Id,Name,AccountId,StageName,Amount,CloseDate,Type,IsClosed,IsWon,ForecastCategoryName",
            Object::Opportunity,
            10,
        ),
        ("Id,Subject,ActivityDate,Status,WhoId,OwnerId,Description,CallType", Object::Activity, 8),
        ("Id,Username,Email,Name,IsActive", Object::Owner, 5),
        ("Person - Name,Person - Email,Person - Phone,Organization name,Person - Owner", Object::Contact, 5),
        ("Organization - Name,Organization - Address,Organization - Owner", Object::Account, 3),
        (
            "Deal - Title,Deal - Value,Organization,Contact person,Deal - Owner,Deal - Lost reason",
            Object::Opportunity,
            4,
        ),
        ("Lead - Title,Contact person,Organization,Lead - Owner,Lead - Source channel", Object::Lead, 4),
        ("Record Id,Lead Owner,Company,First Name,Last Name,Email,Zip Code,Lead Status", Object::Lead, 8),
        ("Record Id,Contact Owner,Account Name,Account Name.id,Email,Mailing Zip", Object::Contact, 6),
        ("Record Id,Account Owner,Account Name,Billing Code,Account Type", Object::Account, 5),
        ("Record Id,Deal Name,Account Name.id,Stage,Closing Date,Amount", Object::Opportunity, 6),
        ("lead.id,lead.email,lead.product_interest", Object::Lead, 3),
    ] {
        let cells = headers.split(',').map(|_| "x").collect::<Vec<_>>().join(",");
        let table = table(&format!("{headers}\n{cells}\n"));
        assert_eq!((table.object, table.summary().fields), (Some(object), fields), "{:?}", columns(&table));
    }
}

#[test]
fn a_contacts_export_serves_as_leads_too() {
    let text = "Contact ID,Email,Lead Source,Lead Status,Website URL,Associated Company Domain,Contact Owner\n1,a@b.com,Web,New,,b.com,Pam";
    assert_eq!(
        columns(&table(text)),
        [
            "Contact ID→contact.id",
            "Email→contact.email",
            "Lead Source→-",
            "Lead Status→-",
            "Website URL→-",
            "Associated Company Domain→contact.account_domain",
            "Contact Owner→contact.owner"
        ]
    );
    assert_eq!(
        columns(&read_as(Object::Lead, text)),
        [
            "Contact ID→lead.id",
            "Email→lead.email",
            "Lead Source→lead.source",
            "Lead Status→lead.status",
            "Website URL→lead.website",
            "Associated Company Domain→lead.account_domain",
            "Contact Owner→lead.owner"
        ]
    );
}

#[test]
fn what_is_ambiguous_is_asked_back() {
    let text = "First Name,Last Name,Email\nAna,Lima,a@b.com\n";
    let asked = error(text);
    assert_eq!(
        asked.to_string(),
        "f.csv, line 1: expected columns of one kind of record, found columns that leads and contacts and owners have alike: `First \
         Name`, `Last Name`, `Email`"
    );
    assert_eq!(&*asked.help, "say which the file holds: `lead` or `contact` or `owner`");
    assert_eq!(read_as(Object::Lead, text).summary().fields, 3);
    assert_eq!(read_as(Object::Owner, text).summary().fields, 3);
}

#[test]
fn what_was_asked_for_holds_and_doubt_is_said() {
    let table = read_as(Object::Account, "Contact ID,Email,Contact Owner,Industry\n1,a@b.com,Pam,Retail\n");
    assert_eq!(table.object, Some(Object::Account));
    assert_eq!(notes(&table, "other-object"), ["read as accounts as asked, but the headers look like contacts"]);
}

#[test]
fn a_file_without_known_columns_is_refused() {
    let found = error("foo,bar\n1,2\n");
    assert_eq!((found.line, &*found.found), (Some(1), "`foo`, `bar`"));
    assert!(found.expected.contains("`Email`"));
}

#[test]
fn headers_are_found_whatever_their_place_case_and_spacing() {
    let table = table("  lead OWNER ;\"E-Mail\";COMPANY/ACCOUNT;lead_id\nPam;a@b.com;Acme;1\n");
    assert_eq!(
        columns(&table),
        ["lead OWNER→lead.owner", "E-Mail→lead.email", "COMPANY/ACCOUNT→lead.company", "lead_id→lead.id"]
    );
}

#[test]
fn of_two_columns_for_a_field_one_is_read_and_both_are_kept() {
    let table = table("Lead ID,Country,Lead Owner,Country,OwnerId\n1,DE,Pam,FR,005x\n");
    assert_eq!(
        columns(&table),
        ["Lead ID→lead.id", "Country→lead.country", "Lead Owner→-", "Country→-", "OwnerId→lead.owner"]
    );
    assert_eq!(
        notes(&table, "duplicate-column"),
        [
            "`lead.owner` is read from column 5, `OwnerId`; column 3, `Lead Owner`, would be it too and is kept under its header",
            "`lead.country` is read from column 2, `Country`; column 4, `Country`, would be it too and is kept under its header"
        ]
    );
    let event = &events(&table, None, Timestamp::default()).unwrap().events[0];
    let fields: Vec<_> = event.fields.iter().map(|(name, text)| format!("{name}={text}")).collect();
    assert_eq!(fields, ["Country=FR", "Lead Owner=Pam", "lead.country=DE", "lead.id=1", "lead.owner=005x"]);
}

#[test]
fn custom_columns_are_expected_and_keep_their_header() {
    let custom = [CustomField {
        id: "deal_desk".into(),
        object: CustomObject::Lead,
        kind: CustomKind::Date,
        columns: vec!["Deal  Desk".to_owned(), "rating".to_owned()],
    }];
    let options = Options { custom: &custom, ..Options::default() };
    let text = "Lead ID,Rating,deal desk,Other\n1,Hot,18.08.2024,x\n";
    let table = read("f.csv", text.as_bytes(), &options).unwrap();
    assert_eq!(columns(&table), ["Lead ID→lead.id", "Rating→-", "deal desk→-", "Other→-"]);
    assert_eq!(&*table.rows[0].cells[2], "2024-08-18");
    assert_eq!(notes(&table, "unknown-column"), ["1 column without a field, kept under the header: `Other`"]);
    assert_eq!(
        notes(&table, "custom-column"),
        ["column `Rating` is the custom field `lead.deal_desk`, and so not `lead.rating`"]
    );
}

#[test]
fn missing_columns_are_said() {
    let table = table("Account ID,Account Name,Billing City\n1,Acme,Bonn\n");
    assert_eq!(
        notes(&table, "missing-column"),
        [
            "no column for `account.domain` or `account.website`: unknown for every row",
            "no column for `account.owner`: unknown for every row"
        ]
    );
}

#[test]
fn the_report_and_the_api_export_of_the_same_leads_agree() {
    let api = table(
        "Id,FirstName,LastName,Company,Email,Street,OwnerId,HasOptedOutOfEmail,CreatedDate\n\
         00Q000000000001,Ana,\"de Lima\",Müller & Söhne,a@x.com,Weg 1,005000000000002,false,2024-08-18T09:01:00.000Z\n",
    );
    let report = "Lead ID;First Name;Last Name;Company / Account;Email;Street;Lead Owner;Email Opt Out;Create Date\r\n\
                  00Q000000000001;Ana;\"de Lima\";Müller & Söhne;a@x.com;\"Weg 1\nHaus 2\";Pam Beesly;0;18.08.2024\r\n";
    let mut bytes = vec![0xff, 0xfe];
    bytes.extend(report.encode_utf16().flat_map(u16::to_le_bytes));
    let report = read("f.csv", &bytes, &Options::default()).unwrap();
    let fields: Vec<_> = api.columns.iter().map(|column| column.field.clone()).collect();
    assert_eq!(report.columns.iter().map(|column| column.field.clone()).collect::<Vec<_>>(), fields);
    let different: Vec<_> = fields
        .iter()
        .flatten()
        .filter(|field| cell(&api, 0, field.as_str()) != cell(&report, 0, field.as_str()))
        .map(|field| format!("{field}: {}", cell(&report, 0, field.as_str()).replace('\n', "⏎")))
        .collect();
    assert_eq!(
        different,
        ["lead.street: Weg 1⏎Haus 2", "lead.owner: Pam Beesly", "lead.opted_out: 0", "lead.created_at: 2024-08-18"]
    );
    assert_eq!(notes(&report, "separator"), ["cells are separated by `;`, as its headers show"]);
}

#[test]
fn dates_are_read_by_their_column() {
    let text = "Deal ID,Deal Name,Create Date,Close Date,Last Modified Date\n\
                1,a,03/04/2025,2025-04-03,05/06/2025 14:30\n\
                2,b,03/14/2025,,soon\n\
                3,c,,1743638400000,31/31/2025\n";
    let read_dates = |table: &Table| -> Vec<String> {
        let dates = ["opportunity.created_at", "opportunity.close_date", "opportunity.updated_at"];
        (0..3).map(|row| dates.map(|field| cell(table, row, field)).join(" ")).collect()
    };
    let read_it = table(text);
    assert_eq!(
        read_dates(&read_it),
        ["2025-03-04 2025-04-03 2025-05-06T14:30:00Z", "2025-03-14  soon", " 2025-04-03T00:00:00Z 31/31/2025"]
    );
    assert_eq!(
        notes(&read_it, "date-order"),
        [
            "dates of `Create Date` are read with the month first, as its own dates show",
            "dates of `Last Modified Date` are read with the month first, as the file's other dates show"
        ]
    );
    assert_eq!(
        notes(&read_it, "time-zone"),
        ["1 cell in `Last Modified Date` with a time but no offset, first line 2; read as UTC"]
    );
    assert!(
        notes(&read_it, "unread-date")[0]
            .starts_with("2 cells in `Last Modified Date` left as written, first line 3, `soon`")
    );

    let stated = Options { date_order: Some(DateOrder::DayFirst), ..Options::default() };
    let open = "Deal ID,Deal Name,Close Date\n1,a,03/04/2025\n";
    let left = table(open);
    assert_eq!(cell(&left, 0, "opportunity.close_date"), "03/04/2025");
    assert!(notes(&left, "unread-date")[0].contains("1 cell in `Close Date` left as written"));
    assert!(left.notes.iter().any(|note| note.help.as_deref().is_some_and(|help| help.contains("`date_order`"))));
    let said = read("f.csv", open.as_bytes(), &stated).unwrap();
    assert_eq!(cell(&said, 0, "opportunity.close_date"), "2025-04-03");
}
