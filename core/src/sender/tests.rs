//! Each rule of the message, and the counting of bulk senders.
#![allow(clippy::unwrap_used)]

use super::*;
use crate::record::MessageCategory;

fn profile(domain: &str) -> SenderDomain {
    SenderDomain {
        domain: domain.to_owned(),
        daily_volume: Some(10),
        recent_volumes: Some(vec![10]),
        ..SenderDomain::default()
    }
}

fn mail(edit: impl FnOnce(&mut Message)) -> Message {
    let mut message = Message {
        from: "Ann Ray <ann@news.acme.com>".to_owned(),
        subject: "Your pipeline".to_owned(),
        body: "Hello. Unsubscribe: https://acme.com/u/1".to_owned(),
        headers: [
            ("List-Unsubscribe".to_owned(), "<mailto:u@acme.com>, <https://acme.com/u/1>".to_owned()),
            ("List-Unsubscribe-Post".to_owned(), "List-Unsubscribe=One-Click".to_owned()),
            ("Message-ID".to_owned(), "<1.2@acme.com>".to_owned()),
        ]
        .into_iter()
        .collect(),
        category: MessageCategory::Marketing,
    };
    edit(&mut message);
    message
}

/// The rules of the message that do not pass, for a bulk sender, with their levels.
fn found(message: &Message) -> Vec<(&'static str, Level)> {
    let mut sender = profile("news.acme.com");
    sender.bulk = true;
    let mail = Mail { message, receiver: [Some("Kim"), Some("Lee")] };
    let rulings = rulings(&[sender.clone()], Some(&sender), Some(mail), false);
    rulings
        .into_iter()
        .filter(|ruling| !matches!(ruling.rule.asks, Asks::Profile(_)))
        .map(|ruling| (ruling.rule.name, ruling.level))
        .collect()
}

#[test]
fn a_message_as_it_should_be_passes() {
    assert_eq!(found(&mail(|_| {})), []);
    assert_eq!(found(&mail(|message| drop(message.headers.remove("Message-ID")))), [], "the server adds one");
}

#[test]
fn each_rule_of_the_message_can_fail() {
    let set = |name: &str, value: &str| {
        let (name, value) = (name.to_owned(), value.to_owned());
        mail(move |message| drop(message.headers.insert(name, value)))
    };
    let subject = |text: &str| mail(|message| message.subject = text.to_owned());
    let from = |text: &str| mail(|message| message.from = text.to_owned());
    let body = |text: &str| mail(|message| message.body = text.to_owned());
    let fails = |message: &Message, name, level| assert_eq!(found(message), [(name, level)], "{message:#?}");
    fails(&set("List-Unsubscribe", "<mailto:u@acme.com>"), "G09", Level::Fail);
    fails(&set("List-Unsubscribe", "https://acme.com/u/1"), "G09", Level::Fail);
    fails(&set("List-Unsubscribe", "<http://acme.com/u/1>"), "G09", Level::Fail);
    fails(&set("List-Unsubscribe-Post", "list-unsubscribe=one-click"), "G09", Level::Fail);
    fails(&mail(|message| drop(message.headers.remove("List-Unsubscribe-Post"))), "G09", Level::Fail);
    fails(&body("Hello."), "G10", Level::Fail);
    fails(&set("Message-ID", "1.2@acme.com"), "G12", Level::Fail);
    fails(&set("Message-ID", "<@acme.com>"), "G12", Level::Fail);
    fails(&set("message-id", "<1.2@acme.com>"), "G12", Level::Fail);
    fails(&set("FROM", "eve@evil.com"), "G12", Level::Fail);
    fails(&set("X Y", "z"), "G12", Level::Fail);
    fails(&set("X-Y", "z\r\nBcc: all@acme.com"), "G12", Level::Fail);
    fails(&subject("Hello\nBcc: all@acme.com"), "G12", Level::Fail);
    fails(&from("ann@acme.com, bob@acme.com"), "G12", Level::Fail);
    fails(&from("ann@gmail.com"), "G13", Level::Fail);
    fails(&from("ann@googlemail.com"), "G13", Level::Fail);
    fails(&subject("RE: our call"), "G14", Level::Warn);
    fails(&subject("Fwd: our call"), "G14", Level::Warn);
    fails(&from("Ann \u{1f514} <ann@acme.com>"), "G14", Level::Warn);
    fails(&from("Kim, a word <ann@acme.com>".replace(',', "").as_str()), "G14", Level::Warn);
    fails(&from("Your pipeline <ann@acme.com>"), "G14", Level::Warn);
    fails(&body("<p style=\"display: none\">x</p> https://acme.com/u/1"), "G14", Level::Warn);
    let answer = |message: &mut Message| {
        message.subject = "Re: our call".to_owned();
        message.headers.insert("In-Reply-To".to_owned(), "<0@kim.com>".to_owned());
    };
    assert_eq!(found(&mail(answer)), [], "it does answer");
}

#[test]
fn what_the_receiver_needs_has_no_way_out() {
    let message = mail(|message| {
        message.category = MessageCategory::Transactional;
        message.headers.remove("List-Unsubscribe");
        message.body = "Your invoice.".to_owned();
    });
    assert_eq!(found(&message), []);
}

#[test]
fn subdomains_count_together_and_once_is_for_good() {
    let volumes = |today, before: &[u32], domain: &str| SenderDomain {
        daily_volume: Some(today),
        recent_volumes: Some(before.to_vec()),
        ..profile(domain)
    };
    let two = |one, other| [volumes(one, &[0], "news.acme.co.uk"), volumes(other, &[0], "acme.co.uk")];
    assert_eq!(bulk(&two(2_500, 2_500), "acme.co.uk"), Bulk::Yes);
    assert_eq!(bulk(&two(2_500, 2_499), "news.acme.co.uk"), Bulk::No);
    assert_eq!(bulk(&[volumes(2_500, &[], "acme.co.uk"), volumes(2_500, &[], "other.co.uk")], "acme.co.uk"), Bulk::No);
    assert_eq!(bulk(&[volumes(10, &[5_000, 10], "acme.com")], "acme.com"), Bulk::Yes, "it once was");
    let days = [volumes(0, &[3_000, 0], "a.acme.com"), volumes(0, &[3_000, 2_000], "b.acme.com")];
    assert_eq!(busiest_day(&days, "acme.com"), (6_000, true), "the same day counts together");
    let said = [SenderDomain { bulk: true, ..volumes(1, &[1], "acme.com") }, volumes(1, &[1], "b.acme.com")];
    assert_eq!(bulk(&said, "b.acme.com"), Bulk::Yes);
    let unknown = [SenderDomain { daily_volume: None, ..profile("acme.com") }];
    assert_eq!(bulk(&unknown, "acme.com"), Bulk::Unknown);
}

#[test]
fn not_knowing_is_never_worse_than_failing() {
    let nothing = SenderDomain { domain: "acme.com".to_owned(), ..SenderDomain::default() };
    for ruling in rulings(std::slice::from_ref(&nothing), Some(&nothing), None, false) {
        assert_eq!(ruling.level, Level::Unknown.min(ruling.rule.worst), "{}", ruling.rule.name);
        assert!(ruling.words("acme.com").contains("does not state"), "{}", ruling.words("acme.com"));
    }
    let mut failing = nothing;
    failing.aligned = Some(crate::contract::Alignment::Neither);
    let level = |profile: &SenderDomain, elsewhere| {
        let rulings = rulings(std::slice::from_ref(profile), Some(profile), None, elsewhere);
        rulings.iter().find(|ruling| ruling.rule.name == "G04").map(|ruling| ruling.level)
    };
    assert_eq!(level(&failing, false), Some(Level::Unknown), "whether it is a bulk sender is not known");
    failing.bulk = true;
    assert_eq!(level(&failing, false), Some(Level::Fail));
    assert_eq!(level(&failing, true), Some(Level::Warn), "the receiver is not at Gmail");
    (failing.bulk, failing.daily_volume) = (false, Some(4_999));
    assert_eq!(level(&failing, false), None, "it is no bulk sender");
}

#[test]
fn figures_at_their_limits() {
    use super::profile::{key_length, ramp, spam_rate, unsubscribe_time};
    let with = |edit: fn(&mut SenderDomain)| {
        let mut profile = profile("acme.com");
        edit(&mut profile);
        profile
    };
    assert!(matches!(spam_rate(&with(|p| p.spam_rate = Some(99))), Answer::Pass));
    assert!(matches!(spam_rate(&with(|p| p.spam_rate = Some(100))), Answer::Warn(_)));
    assert!(matches!(spam_rate(&with(|p| p.spam_rate = Some(299))), Answer::Warn(_)));
    assert!(matches!(spam_rate(&with(|p| p.spam_rate = Some(300))), Answer::Fail(_)));
    let days = |p: &mut SenderDomain| (p.spam_rate, p.days_below) = (Some(10), Some(6));
    assert!(matches!(spam_rate(&with(days)), Answer::Warn(_)));
    let days = |p: &mut SenderDomain| (p.spam_rate, p.days_below) = (Some(10), Some(7));
    assert!(matches!(spam_rate(&with(days)), Answer::Pass));
    assert!(matches!(key_length(&with(|p| p.dkim = Some(1023))), Answer::Fail(_)));
    assert!(matches!(key_length(&with(|p| p.dkim = Some(1024))), Answer::Warn(_)));
    assert!(matches!(key_length(&with(|p| p.dkim = Some(2048))), Answer::Pass));
    assert!(matches!(key_length(&with(|p| p.dkim = Some(0))), Answer::Pass));
    assert!(matches!(unsubscribe_time(&with(|p| p.unsubscribe_hours = Some(48))), Answer::Pass));
    assert!(matches!(unsubscribe_time(&with(|p| p.unsubscribe_hours = Some(49))), Answer::Fail(_)));
    assert!(matches!(ramp(&with(|p| p.daily_volume = Some(19))), Answer::Pass));
    assert!(matches!(ramp(&with(|p| p.daily_volume = Some(20))), Answer::Warn(_)), "twice as much");
    assert!(matches!(ramp(&with(|p| p.recent_volumes = Some(Vec::new()))), Answer::Warn(_)), "no history");
    assert!(matches!(ramp(&with(|p| p.daily_volume = Some(0))), Answer::Pass));
    let bounces = |now, recent, today| {
        let mut profile = with(|_| {});
        (profile.bounce_rate, profile.recent_bounce_rate, profile.daily_volume) = (now, recent, Some(today));
        ramp(&profile)
    };
    assert!(matches!(bounces(Some(301), Some(200), 10), Answer::Warn(_)), "half as many again, and as much is sent");
    assert!(matches!(bounces(Some(300), Some(200), 10), Answer::Pass));
    assert!(matches!(bounces(Some(1), Some(0), 10), Answer::Warn(_)));
    assert!(matches!(bounces(Some(301), Some(200), 9), Answer::Pass), "less is sent");
    assert!(matches!(bounces(Some(301), None, 10), Answer::Pass), "nobody counts them");
    assert!(matches!(bounces(None, Some(200), 10), Answer::Pass));
}
