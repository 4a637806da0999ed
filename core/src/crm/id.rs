//! Ids as CRMs write them, made comparable.
//!
//! Salesforce writes one id in two forms: 15 characters in reports, 18 in its API, the last three being a checksum of
//! the case of the others. Both become the 15 characters; nothing else is 18 letters and digits with that very
//! checksum by accident. Zoho writes `zcrm_` before some of its ids. HubSpot writes several ids in one cell, with `;`
//! between them and the primary one first. Source: Salesforce, *15- and 18-character record IDs*.

use crate::id::RecordId;

/// An id in the form in which ids are compared.
///
/// ```
/// use interlock_core::crm::record_id;
/// assert_eq!(record_id("001A0000006Vm9uIAC"), record_id(" 001A0000006Vm9u"));
/// assert_eq!(record_id("zcrm_4150868000000224005").as_str(), "4150868000000224005");
/// assert_eq!(record_id("100000000000000000").as_str(), "100000000000000000");
/// ```
#[must_use]
pub fn record_id(text: &str) -> RecordId {
    RecordId::from(comparable(text))
}

/// The part of an id by which it is compared.
pub(crate) fn comparable(text: &str) -> &str {
    let text = text.trim();
    let text = text.strip_prefix("zcrm_").unwrap_or(text);
    short_salesforce(text).unwrap_or(text)
}

/// The ids in one cell, in its order, comparable. The first is the primary one.
///
/// ```
/// let ids: Vec<_> = interlock_core::crm::record_ids("17893; 25012").collect();
/// assert_eq!(ids, ["17893".into(), "25012".into()]);
/// assert_eq!(interlock_core::crm::record_ids("  ").next(), None);
/// ```
pub fn record_ids(cell: &str) -> impl Iterator<Item = RecordId> {
    let ids = cell.split(';').map(str::trim);
    ids.filter(|id| !id.is_empty()).map(record_id)
}

/// The first 15 characters of a Salesforce id of 18, when the checksum is right.
fn short_salesforce(text: &str) -> Option<&str> {
    const CHECK: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
    let bytes: &[u8; 18] = text.as_bytes().try_into().ok()?;
    let (id, check) = bytes.split_at(15);
    let right = id.chunks(5).zip(check).all(|(five, check)| {
        let capitals = five.iter().rev().fold(0, |bits, b| bits << 1 | usize::from(b.is_ascii_uppercase()));
        CHECK[capitals] == *check
    });
    (right && id.iter().all(u8::is_ascii_alphanumeric)).then(|| &text[..15])
}
