//! Domains whose addresses say nothing about an employer.
//!
//! *Input*: a domain in the normal form of [`domain`](super::domain). *Output*: whether it is shared by people who have
//! nothing to do with each other: free-mail and access providers, throw-away addresses, and the names that standards
//! reserve for examples. A company is never found or made by such a domain. *Invariant*: a subdomain of a shared domain
//! is shared.
//!
//! *Source*: a kept list of providers by country, checked against the npm packages `email-providers` (ISC) and
//! `free-email-domains-list` (MIT); reserved names from RFC 2606 and RFC 6761. It is short on purpose: a provider that
//! is missing costs a suggestion that a person rejects, a company that is wrongly listed loses its matches.

/// Why a domain names no company.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Shared {
    /// Anyone can have an address there: `gmail.com`, `web.de`, `comcast.net`.
    FreeMail,
    /// Addresses there are thrown away after use: `mailinator.com`.
    Disposable,
    /// Reserved for documentation and tests: `example.com`, `acme.test`.
    Reserved,
}

/// Whether, and why, addresses at `domain` say nothing about an employer.
#[must_use]
pub fn shared(domain: &str) -> Option<Shared> {
    let mut rest = domain;
    while let Some((_, above)) = rest.split_once('.') {
        if FREE_MAIL.binary_search(&rest).is_ok() {
            return Some(Shared::FreeMail);
        }
        if DISPOSABLE.binary_search(&rest).is_ok() {
            return Some(Shared::Disposable);
        }
        if RESERVED.contains(&rest) {
            return Some(Shared::Reserved);
        }
        rest = above;
    }
    RESERVED.contains(&rest).then_some(Shared::Reserved)
}

/// Whether `domain` belongs to a free-mail or access provider.
#[must_use]
pub fn is_free_mail(domain: &str) -> bool {
    shared(domain) == Some(Shared::FreeMail)
}

const RESERVED: &[&str] =
    &["example.com", "example.net", "example.org", "example", "invalid", "local", "localhost", "test"];

#[rustfmt::skip]
static FREE_MAIL: &[&str] = &[
    "012.net.il", "013.net", "126.com", "139.com", "163.com", "163.net", "188.com", "189.cn", "21cn.com", "263.net",
    "absamail.co.za", "abv.bg", "accountant.com", "activist.com", "adam.com.au", "aim.com", "airtelmail.in",
    "alice.it", "aliceadsl.fr", "aliyun.com", "ameritech.net", "aol.co.uk", "aol.com", "aol.com.au", "aol.com.br",
    "aol.de", "aol.es", "aol.fr", "aol.it", "aol.jp", "aol.se", "aon.at", "apollo.lv", "arcor.de", "arnet.com.ar",
    "artlover.com", "atlas.cz", "att.net", "autistici.org", "azet.sk", "bahnhof.se", "bbox.fr", "bell.net",
    "bellsouth.net", "bezeqint.net", "bigfoot.com", "biglobe.ne.jp", "bigmir.net", "bigpond.com", "bigpond.com.au",
    "bigpond.net.au", "bk.ru", "blu.it", "bluewin.ch", "blueyonder.co.uk", "bol.com.br", "bredband.net",
    "broadpark.no", "btconnect.com", "btinternet.com", "btopenworld.com", "c2i.net", "cableone.net", "canada.com",
    "cantv.net", "caramail.com", "care2.com", "casema.nl", "cbn.net.id", "cegetel.net", "centrum.cz", "centrum.sk",
    "centurylink.net", "centurytel.net", "charter.net", "chat.ru", "cheerful.com", "chello.at", "chello.nl",
    "citromail.hu", "ciudad.com.ar", "clear.net.nz", "clix.pt", "club-internet.fr", "cock.li", "cogeco.ca",
    "comcast.net", "comhem.se", "compuserve.com", "consultant.com", "countermail.com",
    "cox.net", "ctemplar.com", "ctimail.com", "daum.net", "dbmail.com", "dion.ne.jp", "disroot.org",
    "dnainternet.net", "docomo.ne.jp", "doctor.com", "dodo.com.au", "dr.com", "dreamwiz.com", "duck.com", "e1.ru",
    "earthlink.net", "eastlink.ca", "eim.ae", "eircom.net", "elisanet.fi", "email.com", "email.cz", "email.de",
    "email.it", "email.su", "embarqmail.com", "emirates.net.ae", "empas.com", "engineer.com", "eunet.rs",
    "europe.com", "euskaltel.net", "ewe.net", "ewetel.net", "excite.co.jp", "excite.com", "execs.com", "eyou.com",
    "ezweb.ne.jp", "fastmail.com", "fastmail.com.au", "fastmail.fm", "fastwebnet.it", "fibertel.com.ar",
    "financier.com", "flash.net", "forthnet.gr", "foxmail.com", "free.fr", "freemail.gr", "freemail.hu",
    "freenet.de", "freeserve.co.uk", "frisurf.no", "front.ru", "frontier.com", "frontiernet.net", "gawab.com",
    "gazeta.pl", "getmail.no", "giallo.it", "globo.com", "globomail.com", "glocalnet.net", "gmail.com", "gmx.at",
    "gmx.biz", "gmx.ch", "gmx.co.uk", "gmx.com", "gmx.de", "gmx.es", "gmx.eu", "gmx.fr", "gmx.info", "gmx.li",
    "gmx.net", "gmx.org", "gmx.us", "goo.jp", "goo.ne.jp", "googlemail.com", "graduate.org", "hackermail.com",
    "hanmail.net", "hanmir.com", "hetnet.nl", "hey.com", "hinet.net", "hispeed.ch", "hkbn.net", "hol.gr", "home.nl",
    "hot.ee", "hotbox.ru", "hotmail.be", "hotmail.ca", "hotmail.ch", "hotmail.cl", "hotmail.co.id", "hotmail.co.il",
    "hotmail.co.in", "hotmail.co.jp", "hotmail.co.kr", "hotmail.co.nz", "hotmail.co.th", "hotmail.co.uk",
    "hotmail.co.za", "hotmail.com", "hotmail.com.ar", "hotmail.com.au", "hotmail.com.br", "hotmail.com.hk",
    "hotmail.com.mx", "hotmail.com.tr", "hotmail.com.tw", "hotmail.com.vn", "hotmail.cz", "hotmail.de",
    "hotmail.dk", "hotmail.es", "hotmail.fi", "hotmail.fr", "hotmail.gr", "hotmail.hu", "hotmail.it", "hotmail.jp",
    "hotmail.lt", "hotmail.lv", "hotmail.my", "hotmail.nl", "hotmail.no", "hotmail.ph", "hotmail.pt", "hotmail.rs",
    "hotmail.ru", "hotmail.se", "hotmail.sg", "hotmail.sk", "hushmail.com", "hushmail.me", "i.softbank.jp", "i.ua",
    "iafrica.com", "icloud.com", "ig.com.br", "iinet.net.au", "in.gr", "iname.com", "inbox.com", "inbox.lt",
    "inbox.lv", "inbox.ru", "indamail.hu", "indiatimes.com", "inet.hr", "infoseek.jp", "interia.eu", "interia.pl",
    "internet.ru", "internode.on.net", "inwind.it", "iol.it", "iol.pt", "iprimus.com.au", "jaring.my",
    "jazzfree.com", "journalist.com", "jubii.dk", "juno.com", "kabelmail.de", "kakao.com", "keemail.me", "kimo.com",
    "km.ru", "kolumbus.fi", "kpnmail.nl", "kpnplanet.nl", "land.ru", "lantic.net", "laposte.net",
    "lavabit.com", "lawyer.com", "lenta.ru", "libero.it", "linuxmail.org", "list.ru", "live.at", "live.be",
    "live.ca", "live.ch", "live.cl", "live.cn", "live.co.kr", "live.co.uk", "live.co.za", "live.com", "live.com.ar",
    "live.com.au", "live.com.mx", "live.com.my", "live.com.ph", "live.com.pt", "live.com.sg", "live.de", "live.dk",
    "live.fi", "live.fr", "live.hk", "live.ie", "live.in", "live.it", "live.jp", "live.nl", "live.no", "live.ru",
    "live.se", "livedoor.com", "loxinfo.co.th", "luukku.com", "lycos.co.kr", "lycos.co.uk", "lycos.com", "lycos.de",
    "lycos.es", "lycos.it", "lyse.net", "mac.com", "mail.be", "mail.bg", "mail.com", "mail.de",
    "mail.dk", "mail.ee", "mail.ru", "mail.tele.dk", "mail.telepac.pt", "mail333.com", "mailbox.org",
    "mailfence.com", "mailo.com", "maktoob.com", "me.com", "mediacombb.net", "meta.ua", "mindspring.com",
    "mozmail.com", "msa.hinet.net", "msn.cn", "msn.co.uk", "msn.com", "msn.de", "msn.fr", "msn.nl", "mts.net",
    "musician.org", "mweb.co.za", "myself.com", "myyahoo.com", "narod.ru", "nate.com", "naver.com",
    "net.hr", "netcabo.pt", "netcologne.de", "netscape.net", "netvigator.com", "netvision.net.il", "netzero.com",
    "netzero.net", "neuf.fr", "newmail.ru", "nextmail.ru", "ngs.ru", "nifty.com", "nifty.ne.jp", "nm.ru",
    "ntlworld.com", "null.net", "numericable.fr", "nur.kz", "o2.pl", "o2online.de", "ocn.ne.jp", "ofir.dk",
    "oi.com.br", "onet.eu", "onet.pl", "online.de", "online.nl", "online.no", "onmail.com", "ono.com", "op.pl",
    "optimum.net", "optonline.net", "optusnet.com.au", "orange.co.uk", "orange.fr", "orcon.net.nz", "otenet.gr",
    "outlook.at", "outlook.be", "outlook.bg", "outlook.cl", "outlook.co.id", "outlook.co.il", "outlook.co.nz",
    "outlook.co.th", "outlook.co.uk", "outlook.com", "outlook.com.ar", "outlook.com.au", "outlook.com.br",
    "outlook.com.gr", "outlook.com.hr", "outlook.com.pe", "outlook.com.tr", "outlook.com.vn", "outlook.cz",
    "outlook.de", "outlook.dk", "outlook.es", "outlook.fr", "outlook.gr", "outlook.hu", "outlook.ie", "outlook.in",
    "outlook.it", "outlook.jp", "outlook.kr", "outlook.lv", "outlook.my", "outlook.ph", "outlook.pt", "outlook.ro",
    "outlook.sa", "outlook.sg", "outlook.sk", "ozemail.com.au", "pacbell.net", "pacific.net.sg", "pandora.be",
    "paradise.net.nz", "paran.com", "passagen.se", "pchome.com.tw", "peoplepc.com", "pisem.net", "plala.or.jp",
    "planet.nl", "plasa.com", "plusnet.com", "pm.me", "pobox.com", "pobox.sk", "pochta.ru", "poczta.fm",
    "polka.co.za", "post.com", "post.cz", "post.sk", "poste.it", "posteo.at", "posteo.ch", "posteo.de", "posteo.eu",
    "posteo.net", "pp.inet.fi", "privaterelay.appleid.com", "prodigy.net", "prodigy.net.mx", "programmer.net",
    "proton.me", "protonmail.ch", "protonmail.com", "q.com", "qip.ru", "qq.com", "quick.cz", "quicknet.nl",
    "r7.com", "rambler.ru", "rcn.com", "rediff.com", "rediffmail.com", "riseup.net", "roadrunner.com",
    "rocketmail.com", "rogers.com", "rr.com", "runbox.com", "runbox.no", "safe-mail.net", "sanook.com", "sapo.pt",
    "sasktel.net", "saudi.net.sa", "saunalahti.fi", "sbb.rs", "sbcglobal.net", "scarlet.be", "seed.net.tw",
    "seznam.cz", "sfr.fr", "shaw.ca", "sibmail.com", "sify.com", "simnet.is", "sina.cn",
    "sina.com", "sina.com.cn", "singnet.com.sg", "siol.net", "sky.com", "skynet.be", "slingshot.co.nz",
    "smtp.ru", "snet.net", "so-net.ne.jp", "softbank.ne.jp", "sohu.com", "solcon.nl", "speedy.com.ar", "spray.se",
    "starhub.net.sg", "startmail.com", "stofanet.dk", "streamyx.com", "suddenlink.net", "suomi24.fi",
    "supereva.it", "superig.com.br", "superonline.com", "swbell.net", "swipnet.se", "sympatico.ca", "t-online.de",
    "t-online.hu", "talktalk.co.uk", "talktalk.net", "tdcadsl.dk", "tds.net", "techie.com", "tele2.at", "tele2.it",
    "tele2.nl", "tele2.se", "telenet.be", "teletu.it", "telkomsa.net", "telus.net", "telusplanet.net",
    "terra.cl", "terra.com", "terra.com.ar", "terra.com.br", "terra.com.mx", "terra.es", "tesco.net",
    "thaimail.com", "tianya.cn", "tin.it", "tiscali.co.uk", "tiscali.cz", "tiscali.it", "tlen.pl",
    "tm.net.my", "tom.com", "tpg.com.au", "ttmail.com", "tut.by", "tuta.com", "tuta.io", "tutamail.com",
    "tutanota.com", "tutanota.de", "twc.com", "ukr.net", "une.net.co", "unitybox.de", "uol.com.br", "upcmail.hu",
    "upcmail.nl", "url.com.tw", "usa.com", "usa.net", "verizon.net", "videotron.ca", "vip.163.com", "vip.qq.com",
    "vip.sina.com", "vipmail.hu", "virgilio.it", "virgin.net", "virginmedia.com", "vivaldi.net", "vnn.vn",
    "vodafone.co.nz", "vodafone.ne.jp", "vodamail.co.za", "voila.fr", "volja.net", "volny.cz",
    "voo.be", "vp.pl", "vsnl.com", "vsnl.net", "vtr.net", "walla.co.il", "walla.com", "wanadoo.es", "wanadoo.fr",
    "wanadoo.nl", "web.de", "webmail.co.za", "webspeed.dk", "welho.com", "westnet.com.au", "windowslive.com",
    "windstream.net", "wo.cn", "workmail.com", "wowway.com", "wp.pl", "writeme.com", "xaker.ru", "xs4all.nl",
    "xtra.co.nz", "ya.com", "ya.ru", "yahoo.at", "yahoo.be", "yahoo.ca", "yahoo.ch", "yahoo.cn", "yahoo.co.id",
    "yahoo.co.il", "yahoo.co.in", "yahoo.co.jp", "yahoo.co.kr", "yahoo.co.nz", "yahoo.co.th", "yahoo.co.uk",
    "yahoo.co.za", "yahoo.com", "yahoo.com.ar", "yahoo.com.au", "yahoo.com.br", "yahoo.com.cn", "yahoo.com.co",
    "yahoo.com.hk", "yahoo.com.mx", "yahoo.com.my", "yahoo.com.pe", "yahoo.com.ph", "yahoo.com.sg", "yahoo.com.tr",
    "yahoo.com.tw", "yahoo.com.ua", "yahoo.com.ve", "yahoo.com.vn", "yahoo.cz", "yahoo.de", "yahoo.dk", "yahoo.es",
    "yahoo.fi", "yahoo.fr", "yahoo.gr", "yahoo.hu", "yahoo.ie", "yahoo.in", "yahoo.it", "yahoo.jp", "yahoo.nl",
    "yahoo.no", "yahoo.pl", "yahoo.pt", "yahoo.ro", "yahoo.ru", "yahoo.se", "yahoo.sk", "yam.com", "yandex.by",
    "yandex.com", "yandex.com.tr", "yandex.kz", "yandex.ru", "yandex.ua", "yandex.uz", "ybb.ne.jp", "yeah.net",
    "ymail.com", "youmail.dk", "zahav.net.il", "ziggo.nl", "zipmail.com.br", "zoho.com", "zoho.eu", "zoho.in",
    "zohomail.com", "zohomail.eu", "zohomail.in", "zonnet.nl", "zoznam.sk",
];

#[rustfmt::skip]
static DISPOSABLE: &[&str] = &[
    "0815.ru", "10minutemail.com", "10minutemail.net", "1secmail.com", "1secmail.net", "1secmail.org",
    "20minutemail.com", "33mail.com", "anonaddy.com", "anonbox.net", "burnermail.io", "byom.de", "cuvox.de",
    "dayrep.com", "deadaddress.com", "discard.email", "discardmail.com", "discardmail.de", "dispostable.com",
    "dropmail.me", "einrot.com", "emailondeck.com", "emailtemporanea.com", "fakeinbox.com", "fakemail.net",
    "fakemailgenerator.com", "filzmail.com", "fleckens.hu", "getairmail.com", "getnada.com", "grr.la",
    "guerrillamail.biz", "guerrillamail.com", "guerrillamail.de", "guerrillamail.info", "guerrillamail.net",
    "guerrillamail.org", "guerrillamailblock.com", "gustr.com", "harakirimail.com", "inboxkitten.com",
    "incognitomail.org", "jetable.org", "jourrapide.com", "kasmail.com", "mail-temp.com", "mail.tm", "mail7.io",
    "mailcatch.com", "maildrop.cc", "mailexpire.com", "mailinator.com", "mailinator.net", "mailnesia.com",
    "mailnull.com", "mailpoof.com", "mailsac.com", "meltmail.com", "mintemail.com", "minutemail.com", "mohmal.com",
    "mt2015.com", "mytemp.email", "mytrashmail.com", "nada.email", "no-spam.ws", "nospam.ze.tc", "objectmail.com",
    "one-time.email", "rhyta.com", "sharklasers.com", "shieldemail.com", "smailpro.com", "sneakemail.com",
    "sofimail.com", "spam4.me", "spambog.com", "spambox.us", "spamdecoy.net", "spamex.com", "spamfree24.org",
    "spamgourmet.com", "spamhole.com", "spamspot.com", "superrito.com", "teleworm.us", "temp-mail.io",
    "temp-mail.org", "tempail.com", "tempinbox.com", "tempmail.com", "tempmail.dev", "tempmail.net",
    "tempmail.plus", "tempmailo.com", "temporary-mail.net", "tempr.email", "throwam.com", "throwawaymail.com",
    "tmail.ws", "tmpmail.net", "tmpmail.org", "trash-mail.com", "trash-mail.de", "trashmail.com", "trashmail.de",
    "trashmail.me", "trashmail.net", "trashmail.ws", "trbvm.com", "wegwerfemail.de", "wegwerfmail.de",
    "wegwerfmail.net", "wegwerfmail.org", "yopmail.com", "yopmail.fr", "yopmail.net", "zetmail.com",
];

#[cfg(test)]
mod tests {
    use super::super::domain::Domain;
    use super::*;

    #[test]
    fn lists_are_sorted_disjoint_and_in_normal_form() {
        for list in [FREE_MAIL, DISPOSABLE] {
            assert!(list.windows(2).all(|pair| pair[0] < pair[1]), "sorted, each once");
            for domain in list {
                assert_eq!(Domain::from_host(domain).map(|d| d.host() == *domain), Ok(true), "{domain}");
            }
        }
        assert!(FREE_MAIL.iter().all(|domain| DISPOSABLE.binary_search(domain).is_err()));
        // No entry is a public suffix: all that is registered below it would be shared.
        for domain in FREE_MAIL.iter().chain(DISPOSABLE) {
            assert!(Domain::from_host(domain).is_ok_and(|d| d.registrable().is_some()), "{domain}");
        }
    }

    #[test]
    fn shared_domains_are_told_apart() {
        for (domain, want) in [
            ("gmail.com", Some(Shared::FreeMail)),
            ("googlemail.com", Some(Shared::FreeMail)),
            ("yahoo.co.uk", Some(Shared::FreeMail)),
            ("outlook.de", Some(Shared::FreeMail)),
            ("hotmail.fr", Some(Shared::FreeMail)),
            ("web.de", Some(Shared::FreeMail)),
            ("qq.com", Some(Shared::FreeMail)),
            ("vip.qq.com", Some(Shared::FreeMail)),
            ("mail.ru", Some(Shared::FreeMail)),
            ("x.mailinator.com", Some(Shared::Disposable)),
            ("example.org", Some(Shared::Reserved)),
            ("crm.acme.test", Some(Shared::Reserved)),
            ("acme.com", None),
            ("mygmail.com", None),
            ("gmail.com.acme.de", None),
            ("com", None),
            ("", None),
        ] {
            assert_eq!(shared(domain), want, "{domain}");
        }
    }
}
