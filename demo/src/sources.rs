//! Where leads come from, and the several spellings under which a CRM keeps that.

/// What sort of source, as far as the generator cares.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Channel {
    Demo,
    Form,
    Chat,
    Reply,
    Social,
    Webinar,
    Event,
    Partner,
    Product,
    Meeting,
    Outbound,
    /// A word no contract knows.
    Unknown,
    /// Nothing was filled in.
    Missing,
}

impl Channel {
    /// In how many of a hundred cases somebody wrote something.
    pub(crate) const fn writes(self) -> u32 {
        match self {
            Self::Demo => 92,
            Self::Form | Self::Reply => 88,
            Self::Chat => 100,
            Self::Social => 45,
            Self::Meeting => 60,
            Self::Webinar | Self::Product => 25,
            Self::Event | Self::Partner | Self::Unknown | Self::Missing => 20,
            Self::Outbound => 3,
        }
    }
}

/// A source and how often it is one.
pub(crate) struct Source {
    pub(crate) channel: Channel,
    pub(crate) names: &'static [&'static str],
    pub(crate) weight: u32,
}

const fn source(channel: Channel, weight: u32, names: &'static [&'static str]) -> Source {
    Source { channel, names, weight }
}

/// All sources.
pub(crate) static SOURCES: &[Source] = &[
    source(Channel::Demo, 24, &["Demo Request", "Web - Demo Request", "demo request", "Request a Demo"]),
    source(Channel::Form, 17, &["Web", "Website", "Web Form", "web form"]),
    source(Channel::Chat, 8, &["Chat", "Live Chat", "Website Chat"]),
    source(Channel::Reply, 3, &["Email Reply", "Inbound Email"]),
    source(Channel::Social, 6, &["Social", "Social Network", "social - organic"]),
    source(Channel::Webinar, 7, &["Webinar", "On-demand Webinar", "webinar"]),
    source(Channel::Event, 8, &["Trade Show", "Tradeshow", "Event", "Messe"]),
    source(Channel::Partner, 5, &["Partner Referral", "Partner", "Referral"]),
    source(Channel::Product, 6, &["Product Trial", "Free Trial"]),
    source(Channel::Meeting, 2, &["Meeting Link"]),
    source(Channel::Outbound, 9, &["Outbound List", "Purchased List", "Cold List"]),
    source(Channel::Unknown, 2, &["Other - see notes", "???", "Old List Q3", "imported"]),
    source(Channel::Missing, 3, &[""]),
];
