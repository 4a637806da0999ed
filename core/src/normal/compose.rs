//! Letters and the marks after them, put together.
//!
//! *Input*: text in lower case. *Output*: the same, where a letter and a mark that Latin, Greek and Cyrillic writing
//! usually has as one character are that character (`u` and a diaeresis are `ü`), so that a name copied from a file
//! system is the domain that was registered. *Invariant*: idempotent; what is not in [`MARKS`] stays.
//! *Source*: canonical compositions of the Unicode Character Database, tested against them; those of European
//! languages only, for the whole table is larger than all else that reads a domain.

/// Marks, letters, and each letter with the mark.
const MARKS: &[(char, &str, &str)] = &[
    ('\u{300}', "aeinouwyеи", "àèìǹòùẁỳѐѝ"),
    ('\u{301}', "acegiklmnoprsuwyzæøüαειουηωгк", "áćéǵíḱĺḿńóṕŕśúẃýźǽǿǘάέίόύήώѓќ"),
    ('\u{302}', "aceghijosuwyz", "âĉêĝĥîĵôŝûŵŷẑ"),
    ('\u{303}', "aeinouvy", "ãẽĩñõũṽỹ"),
    ('\u{304}', "aegiouyиу", "āēḡīōūȳӣӯ"),
    ('\u{306}', "aegiouиу", "ăĕğĭŏŭйў"),
    ('\u{307}', "abcdefghmnoprstwxyz", "ȧḃċḋėḟġḣṁṅȯṗṙṡṫẇẋẏż"),
    ('\u{308}', "aehiotuwxyеіιυ", "äëḧïöẗüẅẍÿёїϊϋ"),
    ('\u{309}', "aeiouy", "ảẻỉỏủỷ"),
    ('\u{30a}', "auwy", "åůẘẙ"),
    ('\u{30b}', "ou", "őű"),
    ('\u{30c}', "acdeghijklnorstuz", "ǎčďěǧȟǐǰǩľňǒřšťǔž"),
    ('\u{31b}', "ou", "ơư"),
    ('\u{323}', "abdehiklmnorstuvwyz", "ạḅḍẹḥịḳḷṃṇọṛṣṭụṿẉỵẓ"),
    ('\u{326}', "st", "șț"),
    ('\u{327}', "cdeghklnrst", "çḑȩģḩķļņŗşţ"),
    ('\u{328}', "aeiou", "ąęįǫų"),
];

/// `text` with its marks put to the letters before them.
pub(super) fn compose(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        let whole = out.chars().next_back().and_then(|last| whole(last, c));
        if let Some(whole) = whole {
            out.pop();
            out.push(whole);
        } else {
            out.push(c);
        }
    }
    out
}

fn whole(letter: char, mark: char) -> Option<char> {
    let (_, letters, wholes) = MARKS.iter().find(|(known, ..)| *known == mark)?;
    letters.chars().zip(wholes.chars()).find(|(known, _)| *known == letter).map(|(_, whole)| whole)
}

#[cfg(test)]
mod tests {
    use super::*;
    use unicode_normalization::char::{compose as published, decompose_canonical};

    #[test]
    fn the_table_is_published() {
        for (mark, letters, wholes) in MARKS {
            assert_eq!(letters.chars().count(), wholes.chars().count(), "{mark:?}");
            for (letter, whole) in letters.chars().zip(wholes.chars()) {
                assert_eq!(published(letter, *mark), Some(whole), "{letter} {mark:?}");
            }
        }
    }

    #[test]
    fn every_letter_of_latin_1_and_latin_extended_a_is_known() {
        for letter in ('\u{e0}'..='\u{17e}').filter(|c| c.is_lowercase()) {
            let mut parts = String::new();
            decompose_canonical(letter, |part| parts.push(part));
            assert_eq!(compose(&parts), letter.to_string());
        }
        assert_eq!(compose("mu\u{308}nchen x\u{301} \u{301}"), "münchen x\u{301} \u{301}");
        assert_eq!(compose("и\u{306}"), "й");
    }
}
