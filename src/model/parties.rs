//! Who makes up the people and the firms of a study, and what is known of them.

use super::item::Audience;
use super::study::Study;
use super::who::Who;
use crate::ids::CellId;
use crate::units::People;

/// The name of the count of cells that says how many firms work there.
pub(crate) const FIRMS: &str = "enterprises";

impl Study {
    /// Those who make up the people or the firms of a study: each person and each firm is in one of
    /// them, or none where the study says nothing of them.
    ///
    /// People are the groups that do not stand apart and are no firms, or else all people alike. Firms
    /// are the groups of firms, or else the cells' count `enterprises`. Groups that stand apart may
    /// overlap: where several groups of firms all do, `enterprises` counts each firm once, or else the
    /// first group counts, and the others are told by themselves.
    #[must_use]
    pub fn parties(&self, who: Who) -> Vec<Who> {
        match who {
            Who::Group(_) => vec![who],
            Who::People => self.parties_of_people(),
            Who::Firms => self.parties_of_firms(),
        }
    }

    /// The groups of persons that add up to the cells; all alike where there are none.
    fn parties_of_people(&self) -> Vec<Who> {
        let mut parties = Vec::new();
        for (id, group) in self.groups() {
            if !group.apart && group.audience != Audience::Firm {
                parties.push(Who::Group(id));
            }
        }
        if parties.is_empty() {
            parties.push(Who::People);
        }
        parties
    }

    /// The groups of firms that add up to something; else the one that stands apart, or the count
    /// of firms in the cells.
    fn parties_of_firms(&self) -> Vec<Who> {
        let mut inside = Vec::new();
        let mut apart = Vec::new();
        for (id, group) in self.groups() {
            if group.audience == Audience::Firm {
                let list = if group.apart { &mut apart } else { &mut inside };
                list.push(Who::Group(id));
            }
        }
        let is_counted = self.cells().counts(FIRMS).is_some();
        match (inside.is_empty(), apart.len()) {
            (false, _) => inside,
            (true, 1) => apart,
            // Without one group of firms the cells' own count tells where they are.
            (true, _) if is_counted => vec![Who::Firms],
            // Several groups apart may overlap: one of them counts no firm twice.
            (true, _) => apart.into_iter().take(1).collect(),
        }
    }

    /// How many of them there are in a cell: people, firms, or a group's people or firms.
    #[must_use]
    pub fn number_of(&self, who: Who, cell: CellId) -> People {
        match who {
            Who::People => self.cells()[cell].people,
            Who::Firms => {
                let firms = self.cells().counts(FIRMS);
                firms.map_or(People::ZERO, |firms| firms[cell.index()])
            }
            Who::Group(group) => self.group(group).in_cell(cell),
        }
    }

    /// Whom an item must concern to be asked of them.
    #[must_use]
    pub fn audience(&self, who: Who) -> Audience {
        match who {
            Who::People => Audience::Person,
            Who::Firms => Audience::Firm,
            Who::Group(group) => self.group(group).audience,
        }
    }

    /// Whether they need no visit for what is online: all people and firms alike are taken to go
    /// online, a group says whether it does.
    #[must_use]
    pub fn goes_online(&self, who: Who) -> bool {
        match who {
            Who::People | Who::Firms => true,
            Who::Group(group) => self.group(group).online,
        }
    }

    /// The word that files use for them: `people`, `firms`, or the id of the group.
    #[must_use]
    pub fn word_of(&self, who: Who) -> &str {
        match who {
            Who::People => "people",
            Who::Firms => "firms",
            Who::Group(group) => &self.group(group).id,
        }
    }
}
