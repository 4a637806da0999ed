//! The 25 people who own records.

use crate::places::{Country, Region};
use crate::random::Random;
use crate::text::{Csv, crm_id, plain};

/// Somebody who owns records.
pub(crate) struct Owner {
    pub(crate) first: &'static str,
    pub(crate) last: &'static str,
    pub(crate) team: Team,
    pub(crate) active: bool,
    time_zone: &'static str,
}

/// The teams of the demo company.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Team {
    InboundEmea,
    InboundAmer,
    SalesApac,
    EnterpriseUs,
    EnterpriseEmea,
    Dach,
    Strategic,
    Partners,
    Managers,
    Operations,
}

impl Team {
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::InboundEmea => "SDR Inbound EMEA",
            Self::InboundAmer => "SDR Inbound AMER",
            Self::SalesApac => "Sales APAC",
            Self::EnterpriseUs => "AE Enterprise US",
            Self::EnterpriseEmea => "AE Enterprise EMEA",
            Self::Dach => "AE DACH",
            Self::Strategic => "Strategic Accounts",
            Self::Partners => "Partner Management",
            Self::Managers => "Sales Management",
            Self::Operations => "Revenue Operations",
        }
    }
}

macro_rules! owners {
    ($($first:literal $last:literal $team:ident $active:literal $zone:literal;)*) => {
        /// All of them, in the order of their ids.
        pub(crate) static OWNERS: &[Owner] = &[$(Owner {
            first: $first,
            last: $last,
            team: Team::$team,
            active: $active,
            time_zone: $zone,
        },)*];
    };
}

owners! {
    "Nadia" "Kessler" InboundEmea true "Europe/Berlin";
    "Rory" "Callan" InboundEmea true "Europe/Dublin";
    "Inês" "Falcão" InboundEmea true "Europe/Lisbon";
    "Mikkel" "Holm" InboundEmea true "Europe/Copenhagen";
    "Chloé" "Garnier" InboundEmea false "Europe/Paris";
    "Dana" "Whitfield" InboundAmer true "America/Los_Angeles";
    "Marcus" "Reed" InboundAmer true "America/Los_Angeles";
    "Tessa" "Barlow" InboundAmer true "America/New_York";
    "Luis" "Herrero" InboundAmer true "America/New_York";
    "Priya" "Menon" SalesApac true "Asia/Singapore";
    "Kenta" "Hayama" SalesApac true "Asia/Tokyo";
    "Gwen" "Sutton" SalesApac true "Australia/Sydney";
    "Walter" "Price" EnterpriseUs true "America/New_York";
    "Simone" "Okafor" EnterpriseUs true "America/Chicago";
    "Grant" "Doyle" EnterpriseUs false "America/Los_Angeles";
    "Hélène" "Moreau" EnterpriseEmea true "Europe/Paris";
    "Oliver" "Finch" EnterpriseEmea true "Europe/London";
    "Sanne" "Visser" EnterpriseEmea true "Europe/Amsterdam";
    "Jürgen" "Böttcher" Dach true "Europe/Berlin";
    "Miriam" "Vogt" Dach true "Europe/Zurich";
    "Ruth" "Carver" Strategic true "Europe/London";
    "Amir" "Danesh" Strategic true "America/New_York";
    "Paolo" "Serra" Partners true "Europe/Rome";
    "Hazel" "Bennett" Managers true "Europe/London";
    "Quinn" "Lindner" Operations true "Europe/Berlin";
}

impl Owner {
    pub(crate) fn id(index: usize) -> String {
        crm_id("005", index + 1)
    }

    pub(crate) fn name(&self) -> String {
        format!("{} {}", self.first, self.last)
    }

    pub(crate) fn email(&self) -> String {
        format!("{}.{}@lanternfold.example", plain(self.first), plain(self.last))
    }

    /// Somebody of a team, whether active or not.
    pub(crate) fn of_team(team: Team, random: &mut Random) -> usize {
        let members: Vec<usize> = (0..OWNERS.len()).filter(|&index| OWNERS[index].team == team).collect();
        random.pick(&members)
    }

    /// Somebody whose work a company is, by place and size.
    pub(crate) fn for_company(country: &Country, employees: u32, random: &mut Random) -> usize {
        let team = match country.region {
            Region::Apac => Team::SalesApac,
            Region::Amer if employees >= 1000 => Team::EnterpriseUs,
            Region::Amer => Team::InboundAmer,
            Region::Emea if country.is_dach() => Team::Dach,
            Region::Emea if employees >= 1000 => Team::EnterpriseEmea,
            Region::Emea => Team::InboundEmea,
        };
        Self::of_team(team, random)
    }
}

/// `owners.csv`: an export of the users.
pub(crate) fn file() -> Vec<u8> {
    let mut csv =
        Csv::new(&["Id", "FirstName", "LastName", "Name", "Username", "Email", "IsActive", "Team", "TimeZoneSidKey"]);
    for (index, owner) in OWNERS.iter().enumerate() {
        csv.row(&[
            Owner::id(index),
            owner.first.to_owned(),
            owner.last.to_owned(),
            owner.name(),
            owner.email(),
            owner.email(),
            owner.active.to_string(),
            owner.team.name().to_owned(),
            owner.time_zone.to_owned(),
        ]);
    }
    csv.bytes()
}
