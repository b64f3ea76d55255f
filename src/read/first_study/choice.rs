//! Which file is taken for which role, and which are left to whoever knows.

use super::look::Look;
use super::role::{Form, Role};

/// What is taken for a role, by places in the list of looks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Choice {
    pub role: Role,
    /// The one that fits best.
    pub taken: Option<usize>,
    /// Those that fit less well, the better first.
    pub rivals: Vec<usize>,
    /// Where none is taken: those of which one may be meant.
    pub undecided: Vec<usize>,
}

impl Choice {
    /// Whether no file comes into question.
    pub(super) const fn is_empty(&self) -> bool {
        self.taken.is_none() && self.undecided.is_empty()
    }
}

/// A choice for each role, in their order. Of files that fit alike none is taken. O(looks × roles).
pub(super) fn choices(looks: &[Look]) -> Vec<Choice> {
    let choices = Role::ALL.map(|role| choice(looks, role));
    choices
        .into_iter()
        .map(|choice| filled(choice, looks))
        .collect()
}

fn choice(looks: &[Look], role: Role) -> Choice {
    let scored = looks.iter().enumerate().filter_map(|(place, look)| {
        let best = look.best().filter(|fit| fit.role == role)?;
        Some((best.score, place))
    });
    let mut scored: Vec<(u32, usize)> = scored.collect();
    scored.sort_by_key(|&(score, place)| (std::cmp::Reverse(score), place));
    // Those of the highest score: of several none is taken.
    let alike = scored
        .iter()
        .take_while(|&&(score, _)| score == scored[0].0)
        .count();
    let places: Vec<usize> = scored.iter().map(|&(_, place)| place).collect();
    let (best, rivals) = places.split_at(alike);
    let is_one = best.len() == 1;
    Choice {
        role,
        taken: best.first().copied().filter(|_| is_one),
        rivals: rivals.to_vec(),
        undecided: if is_one { Vec::new() } else { best.to_vec() },
    }
}

/// A role for which nothing was found may be meant by a file that fits another role alike, and places
/// that nobody knows may be sites or cells.
fn filled(mut choice: Choice, looks: &[Look]) -> Choice {
    if !choice.is_empty() {
        return choice;
    }
    let role = choice.role;
    let is_of_places = matches!(role, Role::Sites | Role::Cells);
    for (place, look) in looks.iter().enumerate() {
        let is_tied = look.tied().iter().any(|fit| fit.role == role);
        let is_unknown = look.fits.is_empty() && may_be_placed(look);
        if is_tied || (is_of_places && is_unknown) {
            choice.undecided.push(place);
        }
    }
    choice
}

/// Whether rows stand somewhere, or would if two columns mean what they look like.
fn may_be_placed(look: &Look) -> bool {
    let facts = &look.facts;
    let looks_placed = ["lon", "lat"]
        .iter()
        .all(|name| facts.head_of(name).is_some() || facts.looks_like(name).is_some());
    facts.rows > 0 && (facts.is_of(Form::Placed) || looks_placed)
}

#[cfg(test)]
mod tests {
    use super::super::fits::{Fit, Why};
    use super::*;
    use crate::read::first_study::facts::Facts;
    use crate::words::Text;

    fn look(fits: &[(Role, u32)]) -> Look {
        let fits = fits.iter().map(|&(role, score)| Fit {
            role,
            score,
            why: Why::Name,
            is_named: true,
        });
        Look {
            file: "a.csv".into(),
            sheet: None,
            what: Text::default(),
            fits: fits.collect(),
            facts: Facts::default(),
        }
    }

    fn of(looks: &[Look], role: Role) -> Choice {
        let mut all = choices(looks).into_iter();
        all.find(|choice| choice.role == role)
            .expect("all are there")
    }

    #[test]
    fn the_better_is_taken_and_of_two_alike_none() {
        let looks = [
            look(&[(Role::Sites, 3)]),
            look(&[(Role::Sites, 5), (Role::Cells, 4)]),
            look(&[(Role::Cells, 4)]),
            look(&[(Role::Cells, 4)]),
        ];
        let sites = of(&looks, Role::Sites);
        assert_eq!((sites.taken, sites.rivals), (Some(1), vec![0]));
        let cells = of(&looks, Role::Cells);
        assert_eq!((cells.taken, cells.undecided), (None, vec![2, 3]));
        assert!(of(&looks, Role::Streets).is_empty());
    }

    #[test]
    fn a_file_that_fits_two_roles_alike_is_left_open() {
        let looks = [look(&[(Role::Sites, 3), (Role::Cells, 3)])];
        assert_eq!(of(&looks, Role::Sites).undecided, [0]);
        assert_eq!(of(&looks, Role::Cells).undecided, [0]);
        assert_eq!(of(&looks, Role::Cells).taken, None);
    }
}
