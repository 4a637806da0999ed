//! Identity: who is this, and whom do we know already.

use interlock_core::record::Object::{Account, Contact, Lead};
use serde_json::json;

use crate::{base, contract, decided, event};

const CONTACTS: &str = "Id,FirstName,LastName,Email,AccountId\n\
    c1,Ann,Lee,ann@acme.com,a1\nc2,Bob,Ray,shared@beta.com,\nc3,Cy,Poe,shared@beta.com,\nc4,Info,Desk,info@acme.com,\n";
const ACCOUNTS: &str = "Id,Name,Website,ParentId\n\
    a1,Acme Inc.,https://www.acme.com,\na2,Beta GmbH,beta.com,\na3,Gamma Group,gamma.com,\na4,Gamma UK,gamma.com,a3\n";

#[track_caller]
fn check(fields: &[(&str, &str)], person: &str, account: &str) {
    let decision = decided(&base(), &[(CONTACTS, Contact), (ACCOUNTS, Account)], &event("1", fields));
    let found = (decision.matched.person.outcome.word(), decision.matched.account.outcome.word());
    assert_eq!(found, (person, account), "{:#?}", decision.matched);
}

#[test]
fn an_exact_email_links_whatever_its_case() {
    check(&[("lead.email", "ANN@Acme.com")], "exact", "exact");
}

#[test]
fn role_and_shared_addresses_go_to_a_person() {
    check(&[("lead.email", "info@acme.com")], "ambiguous", "probable");
    check(&[("lead.email", "shared@beta.com")], "ambiguous", "probable");
}

#[test]
fn the_same_name_at_the_same_domain_is_probable() {
    check(
        &[("lead.email", "a.lee@acme.com"), ("lead.first_name", "Ann"), ("lead.last_name", "Lee")],
        "probable",
        "probable",
    );
}

#[test]
fn a_company_is_found_by_domain_or_by_name_without_its_legal_form() {
    check(&[("lead.email", "new@beta.com")], "none", "probable");
    check(&[("lead.email", "new@gmail.com"), ("lead.company", "BETA")], "none", "probable");
    check(&[("lead.email", "new@gmail.com")], "none", "none");
}

#[test]
fn a_parent_and_its_subsidiary_are_ambiguous() {
    check(&[("lead.email", "new@gamma.com")], "none", "ambiguous");
    check(&[("lead.email", "new@gamma.com"), ("lead.company", "Gamma UK Ltd")], "none", "probable");
}

#[test]
fn domain_and_name_that_disagree_are_a_conflict() {
    let lead = event("1", &[("lead.email", "x@acme.com"), ("lead.company", "Beta")]);
    let decision = decided(&base(), &[(ACCOUNTS, Account)], &lead);
    assert!(decision.matched.conflict);
}

#[test]
fn a_record_never_matches_itself_but_its_duplicate_does() {
    let leads = "Id,LastName,Company,Email,Status\n1,Lee,Acme,ann@acme.com,New\n2,Lee,Acme,Ann@ACME.com,New\n3,Ray,Acme,bob@acme.com,New\n";
    let outcome = |id: &str, email: &str| {
        decided(&base(), &[(leads, Lead)], &event(id, &[("lead.email", email)])).matched.person.outcome.word()
    };
    assert_eq!(outcome("1", "ann@acme.com"), "exact", "its duplicate");
    assert_eq!(outcome("3", "bob@acme.com"), "none", "itself");
}

#[test]
fn ids_of_15_and_18_characters_are_one() {
    let accounts = "Id,Name\n001A0000006Vm9uIAC,Acme\n";
    let lead = event("1", &[("lead.account", "001A0000006Vm9u")]);
    assert_eq!(decided(&base(), &[(accounts, Account)], &lead).matched.account.outcome.word(), "exact");
}

#[test]
fn exact_email_can_be_lowered_to_a_suggestion() {
    let contract = contract(&[("/identity", json!({"exact_email": false}))]);
    let decision = decided(&contract, &[(CONTACTS, Contact)], &event("1", &[("lead.email", "ann@acme.com")]));
    assert_eq!(decision.matched.person.outcome.word(), "probable");
}
