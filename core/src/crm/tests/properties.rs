//! What holds for every file.

use proptest::prelude::*;

use super::*;
use crate::time::Timestamp;

/// Reads bytes in every way there is.
fn read_all(bytes: &[u8]) {
    for object in [None, Some(Object::Lead), Some(Object::Account)] {
        if let Ok(table) = read("f", bytes, &Options { object, ..Options::default() }) {
            assert!(table.rows.iter().all(|row| row.cells.len() == table.columns.len()));
            if let Ok(captured) = events(&table, None, Timestamp::default()) {
                assert_eq!(captured.events.len(), table.rows.len());
                assert!(captured.events.iter().all(|event| event.fields.len() == table.columns.len()));
            }
        }
    }
    let _ = read_events("f", bytes);
    let _ = read_proposals("f", bytes);
}

/// Letters and digits, of which no reader may lose or invent any.
fn letters(text: &str) -> usize {
    text.chars().filter(char::is_ascii_alphanumeric).count()
}

proptest! {
    #[test]
    fn no_bytes_make_a_reader_panic(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
        read_all(&bytes);
    }

    #[test]
    fn no_damage_to_an_export_makes_a_reader_panic(
        mut bytes in prop::sample::select(vec![
            b"Lead ID,Email,Create Date\n1,\"a@b.com\",03/04/2025\n2,\"x\ny\",\n".to_vec(),
            b"\xff\xfeL\0e\0a\0d\0 \0I\0D\0;\0E\0m\0a\0i\0l\0\n\x001\0;\0a\0".to_vec(),
            b"{\"lead.id\":1,\"email\":[{\"value\":\"a\",\"primary\":true},{\"value\":null}],\"a\":{\"b\":{\"c\":1}}}\n{}".to_vec(),
        ]),
        damage in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..6),
    ) {
        for (at, byte) in damage {
            let at = at.index(bytes.len());
            bytes[at] = byte;
        }
        read_all(&bytes);
    }

    #[test]
    fn every_letter_of_a_file_is_read_or_set_aside(body in "[ab12\",;'\n\r=]{0,120}") {
        let header = "Lead ID,Company\n";
        let table = table(&format!("{header}{body}"));
        let read: usize = table.rows.iter().flat_map(|row| &row.cells).map(|cell| letters(cell)).sum();
        let aside: usize = table.set_aside.iter().map(|row| letters(&row.raw)).sum();
        prop_assert_eq!(read + aside, letters(&body));
        let mut lines: Vec<_> = table.rows.iter().map(|row| row.line).chain(table.set_aside.iter().map(|row| row.line)).collect();
        lines.sort_unstable();
        prop_assert!(lines.windows(2).all(|two| two[0] < two[1]), "{:?}", lines);
    }

    #[test]
    fn every_row_of_a_written_file_is_accounted_for(
        rows in prop::collection::vec(prop::collection::vec("(?s)['=+@\t\r\n,;\"]{0,2}.{0,6}", 1..5), 0..20),
    ) {
        let body = write_csv::<&str, _, _>(&[], &rows);
        let table = table(&format!("Lead ID,Company,Phone{body}"));
        prop_assert_eq!(table.summary().rows, rows.len());
        let blank = |cell: &String| cell.trim().is_empty();
        let good: Vec<_> = rows
            .iter()
            .filter(|row| row.len() >= 3 && row.iter().skip(3).all(blank) && !row.iter().take(3).all(blank))
            .filter(|row| !row.iter().any(|cell| cell.contains('\0')))
            .map(|row| row.iter().take(3).map(|cell| cell.clone().into_boxed_str()).collect::<Vec<_>>())
            .collect();
        let read: Vec<_> = table.rows.into_iter().map(|row| row.cells).collect();
        prop_assert_eq!(read, good);
    }

    #[test]
    fn the_form_of_a_file_does_not_change_what_is_read(
        rows in prop::collection::vec(prop::collection::vec("[a-zäß€ ]{1,8}", 3), 1..8),
        separator in prop::sample::select(vec![",", ";", "\t", "|"]),
        eol in prop::sample::select(vec!["\n", "\r\n", "\r"]),
        form in 0..5,
    ) {
        let lines: Vec<_> = rows.iter().map(|row| row.join(separator)).collect();
        let text = format!("{}{eol}{}", ["Lead ID", "Company", "Email"].join(separator), lines.join(eol));
        let utf_16 = |bytes: fn(u16) -> [u8; 2]| text.encode_utf16().flat_map(bytes).collect::<Vec<_>>();
        let bytes = match form {
            0 => text.clone().into_bytes(),
            1 => [b"\xef\xbb\xbf", text.as_bytes()].concat(),
            2 => [vec![0xff, 0xfe], utf_16(u16::to_le_bytes)].concat(),
            3 => [vec![0xfe, 0xff], utf_16(u16::to_be_bytes)].concat(),
            _ => utf_16(u16::to_le_bytes),
        };
        let table = read("f", &bytes, &Options::default()).unwrap();
        let read: Vec<Vec<String>> = table.rows.iter().map(|row| row.cells.iter().map(ToString::to_string).collect()).collect();
        let good: Vec<_> = rows.into_iter().filter(|row| !row.iter().all(|cell| cell.trim().is_empty())).collect();
        prop_assert_eq!(read, good);
    }
}
