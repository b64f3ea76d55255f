use proptest::prelude::*;

use super::test_towns::{Town, item, judged};
use super::*;
use crate::ids::UnitId;
use crate::model::{Attribute, Attributes, Catalogue, ItemReach, Step, Steps, Study};
use crate::score::Coverage;
use crate::units::People;
use crate::{Silent, search};

const ISSUE: Steps = Steps::only(Step::Issue);
const ACCEPT: Steps = Steps::only(Step::Accept);

/// A county `z` of two townships: `x` with the villages of cell a (1 person) and b (2), `y` of c (4)
/// and d (8). The station s is near a and b, the centre t near c; d stands off the streets.
/// `card` is accepted at s and issued at t only; `tax` is done at both; `vat` at t.
fn county() -> Study {
    let whole = Steps::WHOLE;
    Town {
        drawing: "A-a-s-b-----------------t-c-B          d",
        sites: "st",
        units: &[("x", "z"), ("y", "z"), ("z", "")],
        homes: &[
            ('a', "x"),
            ('b', "x"),
            ('s', "x"),
            ('c', "y"),
            ('d', "y"),
            ('t', "z"),
        ],
        items: vec![
            (item("card", "police", 3), vec![('s', ACCEPT), ('t', whole)]),
            (item("tax", "tax", 1), vec![('s', whole), ('t', whole)]),
            (item("vat", "tax", 1), vec![('t', whole)]),
        ],
    }
    .study()
}

fn shown(study: &Study, lacking: &Lacking) -> String {
    let items: Vec<&str> = lacking
        .items
        .iter()
        .map(|&item| study.catalogue()[item].id.as_str())
        .collect();
    let site = lacking
        .site
        .map_or("–", |site| study.sites()[site].id.as_str());
    format!(
        "{} {} {} at {site}: {}",
        lacking.remedies,
        items.join("+"),
        lacking.steps,
        lacking.people
    )
}

#[test]
fn what_to_hand_down_where_is_read_from_the_list() {
    let study = county();
    judged(&study, |coverage| {
        let cards = cards(coverage);
        let of = |id: &str| {
            cards
                .iter()
                .find(|card| card.id == id)
                .expect("it is there")
        };
        let list = |id: &str| {
            of(id)
                .lacking
                .gravest
                .iter()
                .map(|row| shown(&study, row))
                .collect::<Vec<_>>()
        };
        let x = [
            "hand-down card issue at s: 3",
            "hand-down vat accept+issue at s: 3",
        ];
        assert_eq!(list("x"), x);
        assert_eq!(list("y"), ["mend-data   at –: 8"]);
        assert_eq!(list("z"), ["mend-data   at –: 8", x[0], x[1]]);
        assert_eq!(of("z").lacking.further, 0);
    });
}

#[test]
fn a_card_tells_rank_sites_and_the_worst_item() {
    let study = county();
    judged(&study, |coverage| {
        let cards = cards(coverage);
        let told: Vec<_> = cards
            .iter()
            .map(|card| {
                let worst = card
                    .worst
                    .map(|(item, people)| (study.catalogue()[item].id.as_str(), people));
                (
                    card.id.as_str(),
                    card.rank,
                    card.ranked,
                    card.first,
                    card.last,
                    [card.sites, card.sites_within],
                    worst,
                )
            })
            .collect();
        let people = People::whole;
        // x covers nobody, y 4 of 12.
        assert_eq!(
            told[0],
            (
                "z",
                Some(1),
                1,
                false,
                false,
                [1, 2],
                Some(("card", people(11)))
            )
        );
        assert_eq!(
            told[1],
            (
                "x",
                Some(2),
                2,
                false,
                true,
                [1, 1],
                Some(("card", people(3)))
            )
        );
        assert_eq!(
            told[2],
            (
                "y",
                Some(1),
                2,
                true,
                false,
                [0, 0],
                Some(("card", people(8)))
            )
        );
        // Card and vat for 3 people, all three items for 8.
        assert_eq!(
            (cards[0].undone, cards[0].left_out),
            ((3 * 2 + 8 * 3) * 1_000_000, people(11))
        );
    });
}

/// How the people of a coverage stand.
fn assessed(coverage: &Coverage) -> Standings {
    let study = coverage.study();
    let walks = search::walks(study, study.target().search, &Silent);
    assess(&walks, coverage, None).people
}

#[test]
fn departments_and_red_lists_name_the_gravest() {
    let study = county();
    judged(&study, |coverage| {
        let now = assessed(coverage);
        let rows: Vec<_> = now
            .departments
            .iter()
            .map(|row| (row.name.as_str(), row.asked, row.undone))
            .collect();
        let million = 1_000_000;
        assert_eq!(
            rows,
            [
                ("tax", 30 * million, 19 * million),
                ("police", 15 * million, 11 * million)
            ]
        );
        let worst = now.departments[0]
            .worst
            .map(|(item, people)| (study.catalogue()[item].id.as_str(), people));
        assert_eq!(worst, Some(("vat", People::whole(11))));
        let cells: Vec<_> = now
            .red_cells
            .iter()
            .map(|row| (row.id.as_str(), row.items_undone, row.remedies.to_string()))
            .collect();
        assert_eq!(
            cells,
            [
                ("d", 3, "mend-data".to_owned()),
                ("b", 2, "hand-down".to_owned()),
                ("a", 2, "hand-down".to_owned())
            ]
        );
        let items: Vec<_> = now
            .red_items
            .iter()
            .map(|row| {
                (
                    row.id.as_str(),
                    row.people,
                    row.cells,
                    row.steps.to_string(),
                    row.steps_people,
                )
            })
            .collect();
        let (eleven, three) = (People::whole(11), People::whole(3));
        assert_eq!(items[0], ("card", eleven, 3, "issue".to_owned(), three));
        assert_eq!(
            items[1],
            ("vat", eleven, 3, "accept+issue".to_owned(), three)
        );
        assert_eq!(
            items[2],
            ("tax", People::whole(8), 1, String::new(), People::ZERO)
        );
        assert_eq!(red_cells(coverage, 1).len(), 1);
    });
}

#[test]
fn a_site_for_its_own_unit_only_needs_a_cross_area_window() {
    let own = crate::model::Item {
        reach: ItemReach::OwnUnit,
        ..item("card", "", 1)
    };
    let town = Town {
        drawing: "A-a-s-t-b-B",
        sites: "st",
        units: &[("x", ""), ("y", "")],
        homes: &[('a', "x"), ('b', "y"), ('s', "x"), ('t', "y")],
        items: vec![(own, vec![('t', Steps::WHOLE)])],
    };
    let study = town.study();
    judged(&study, |coverage| {
        let cards = cards(coverage);
        let rows: Vec<String> = cards[0]
            .lacking
            .gravest
            .iter()
            .map(|row| shown(&study, row))
            .collect();
        assert_eq!(rows, ["cross-area card  at t: 1"]);
        assert_eq!((cards[1].lacking.gravest.len(), cards[1].worst), (0, None));
    });
}

#[test]
fn long_lists_are_cut_and_counted() {
    let items = (0..8).map(|n| {
        (
            item(&format!("i{n}"), "", 1),
            vec![('t', Steps::only(Step::ALL[n % 5]))],
        )
    });
    let town = Town {
        drawing: "A-a-s------------------------------------t-B",
        sites: "st",
        units: &[],
        homes: &[],
        items: items.chain([(item("j", "", 1), vec![])]).collect(),
    };
    let study = town.study();
    judged(&study, |coverage| {
        let cards = cards(coverage);
        assert_eq!((cards.len(), cards[0].unit, cards[0].rank), (1, None, None));
        // Items that are done alike share a row: by step 0 to 4, and by nobody.
        assert_eq!(
            (cards[0].lacking.gravest.len(), cards[0].lacking.further),
            (5, 1)
        );
        let shared = &cards[0].lacking.gravest[0].items;
        assert_eq!(
            shared
                .iter()
                .map(|&i| study.catalogue()[i].id.as_str())
                .collect::<Vec<_>>(),
            ["i0", "i5"]
        );
        let listed: usize = cards[0]
            .lacking
            .gravest
            .iter()
            .map(|row| row.items.len())
            .sum();
        assert_eq!(listed, 8, "j comes last");
    });
}

/// A street of eight cells and three sites, with units and items at random.
fn random() -> impl Strategy<Value = Study> {
    let homes = prop::collection::vec(0_usize..6, 8);
    let offers = prop::collection::vec(prop::collection::vec((0_usize..3, 0_usize..4), 0..4), 1..6);
    (homes, offers, prop::collection::vec(1_u64..9, 6)).prop_map(|(homes, offers, weights)| {
        let units = [("k", ""), ("m", "k"), ("n", "k"), ("o", "m"), ("p", "")];
        let steps = [ACCEPT, ISSUE, Steps::WHOLE, Steps::USUAL];
        let homes: Vec<(char, &str)> = ('a'..='h')
            .zip(&homes)
            .filter(|&(_, &home)| home < 5)
            .map(|(cell, &home)| (cell, units[home].0))
            .collect();
        let items = offers
            .iter()
            .zip(&weights)
            .enumerate()
            .map(|(n, (offers, &weight))| {
                let offers = offers
                    .iter()
                    .map(|&(site, depth)| (['x', 'y', 'z'][site], steps[depth]))
                    .collect();
                (
                    item(&format!("i{n}"), ["", "police", "tax"][n % 3], weight),
                    offers,
                )
            });
        let drawing = "A-a-x-b--c----d----y-e---f--------g--z-------------------h-B";
        Town {
            drawing,
            sites: "xyz",
            units: &units,
            homes: &homes,
            items: items.collect(),
        }
        .study()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn sums_over_units_and_departments_agree_with_the_totals(study in random()) {
        judged(&study, |coverage| {
            let (now, total) = (assessed(coverage), coverage.total());
            let sum = |of: fn(&Department) -> u128| now.departments.iter().map(of).sum::<u128>();
            prop_assert_eq!(sum(|row| row.weight_asked), total.asked());
            prop_assert_eq!(sum(|row| row.weight_done), total.done());
            let items = u128::from(total.people().millionths()) * coverage.items().len() as u128;
            prop_assert_eq!(sum(|row| row.asked), items);
            prop_assert_eq!(sum(|row| row.done + row.undone), items);
            let tops: Vec<_> = now.cards.iter().filter(|card| card.parent.is_none()).collect();
            prop_assert_eq!(tops.iter().map(|card| card.undone).sum::<u128>(), sum(|row| row.undone));
            prop_assert_eq!(tops.iter().map(|card| card.weight_undone).sum::<u128>(), total.asked() - total.done());
            prop_assert_eq!(tops.iter().map(|card| card.left_out).sum::<People>(), total.people() - total.covered());
            let by_item = coverage.by_item();
            let all = red_items(coverage, usize::MAX);
            for (item, done) in by_item {
                let undone = all.iter().find(|row| row.item == item).map_or(People::ZERO, |row| row.people);
                prop_assert_eq!(done + undone, total.people());
            }
            let cells = red_cells(coverage, usize::MAX);
            prop_assert_eq!(cells.iter().map(|row| row.undone).sum::<u128>(), total.asked() - total.done());
            prop_assert!(cells.windows(2).all(|pair| pair[0].undone >= pair[1].undone));
            Ok(())
        })?;
    }

    #[test]
    fn ranks_follow_the_shares_of_siblings(study in random()) {
        judged(&study, |coverage| {
            let cards = cards(coverage);
            for (card, other) in cards.iter().flat_map(|card| cards.iter().map(move |other| (card, other))) {
                let (Some(rank), Some(second)) = (card.rank, other.rank) else { continue };
                if card.parent == other.parent {
                    let key = |card: &Card| (card.share.value(), card.score.value());
                    prop_assert_eq!(rank < second, key(card) > key(other));
                    prop_assert!(rank <= card.ranked && !(card.first && card.last));
                }
            }
            let unit = |id: UnitId| coverage.by_unit().into_iter().find(|row| row.unit == Some(id)).map(|row| row.tally);
            for card in cards.iter().filter(|card| card.unit.is_some()) {
                let people = card.unit.and_then(unit).map(|tally| tally.people());
                prop_assert_eq!(card.rank.is_some(), people > Some(People::ZERO));
            }
            Ok(())
        })?;
    }
}

/// `card` is police's and tax's: each answers for the whole of it.
#[test]
fn an_item_of_two_departments_is_each_ones_own() {
    let study = county().with(|parts| {
        let mut items = parts.catalogue.clone().into_items();
        for (item, _) in &mut items {
            if item.id == "card" {
                item.departments = ["tax", "police", "tax"].map(str::to_owned).to_vec();
            }
        }
        parts.catalogue = Catalogue::new(items);
    });
    judged(&study.expect("still a study"), |coverage| {
        let rows = departments(coverage);
        let undone: Vec<_> = rows
            .iter()
            .map(|row| (row.name.as_str(), row.items.len(), row.undone / 1_000_000))
            .collect();
        assert_eq!(undone, [("tax", 3, 30), ("police", 1, 11)]);
        // The item that two answer for counts twice, and nothing else does.
        let asked: u128 = rows.iter().map(|row| row.weight_asked).sum();
        let people = u128::from(coverage.total().people().millionths());
        assert_eq!(asked, coverage.total().asked() + people * 3_000_000);
    });
}

#[test]
fn what_is_saved_is_summed_over_the_items_that_state_both() {
    let named = |names: &[&str], numbers: &[f64]| {
        let names: Vec<String> = names.iter().map(|&name| name.to_owned()).collect();
        let values = numbers.iter().map(|&number| Attribute::Number(number));
        Attributes::new(names.into(), values.collect())
    };
    let study = county().with(|parts| {
        let mut items = parts.catalogue.clone().into_items();
        let days = ["days_before", "days_now"];
        items[1].0.attributes = named(&days, &[20.0, 5.5]);
        items[2].0.attributes = named(&["days_before", "days_now", "papers_now"], &[3.0, 4.0, 2.0]);
        parts.catalogue = Catalogue::new(items);
    });
    judged(&study.expect("still a study"), |coverage| {
        let rows = departments(coverage);
        let saved = |row: &Department| [row.steps_saved, row.papers_saved, row.days_saved];
        assert_eq!(rows[0].name, "tax");
        assert_eq!(saved(&rows[0]), [None, None, Some(13.5)]);
        assert_eq!(saved(&rows[1]), [None; 3]);
    });
}
