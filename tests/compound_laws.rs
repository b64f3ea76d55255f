//! What always holds of compounds, on random multigraphs: strangers walk as if private ways were not
//! there, and residents never as short as if all were open.

#[path = "common/multigraph.rs"]
mod multigraph;

use std::collections::BTreeSet;

use multigraph::{LONG, rules, spot, study, towns};
use proptest::prelude::*;
use walkshed::Silent;
use walkshed::ids::EdgeId;
use walkshed::model::{Network, NetworkParts, Profile, Study, Traits, WalkedBy};
use walkshed::search::{Search, TravelTimes};
use walkshed::snap::{Linkage, Snap, link_as};

/// The streets of a network that was made, without gates, changed: none for those that go.
fn rebuilt(network: &Network, change: impl Fn(Traits) -> Option<Traits>) -> (Network, Vec<usize>) {
    let all = network.clone().into_parts();
    let mut parts = NetworkParts {
        nodes: all.nodes,
        heights: all.heights,
        ..NetworkParts::default()
    };
    let mut kept = Vec::new();
    for (place, &edge) in all.edges.iter().enumerate() {
        if let Some(traits) = change(network.traits_of(EdgeId::new(place))) {
            parts.traits.push((parts.edges.len(), traits));
            parts.edges.push(edge);
            kept.push(place);
        }
    }
    (Network::with_traits(parts).expect("valid"), kept)
}

fn walked(study: &Study, profile: &Profile) -> (Linkage, TravelTimes) {
    let links = link_as(study, &profile.rules, &Silent);
    let times = Search {
        profile: Some(*profile),
        budget: LONG,
        progress: &Silent,
    }
    .travel_times(&links);
    (links, times)
}

/// The same place under the numbers of a network of which some pieces were kept.
fn under(snap: Snap, kept: &[usize]) -> Option<Snap> {
    match snap {
        Snap::Snapped { edge, offset, gap } => {
            let edge = EdgeId::new(kept.binary_search(&edge.index()).ok()?);
            Some(Snap::Snapped { edge, offset, gap })
        }
        Snap::Stranded { .. } => None,
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn strangers_walk_as_if_private_ways_were_not_there(town in towns(), rules in rules()) {
        let town = town.study();
        // A street of all behind a private way is a part of its compound: not what this is about.
        let (public, kept) = rebuilt(town.network(), |street| {
            (street.walked_by == WalkedBy::Everybody).then_some(street)
        });
        // A loop at one vertex is a street, too.
        let parts: BTreeSet<u32> =
            (0..public.edges().len()).map(|edge| public.component(EdgeId::new(edge))).collect();
        if parts.len() > 1 {
            return Ok(());
        }
        let without = town.clone().with(|parts| parts.network = public).expect("a study");
        let profile = Profile { rules, ..town.walk().profile() };
        let (links, times) = walked(&town, &profile);
        let (links_without, times_without) = walked(&without, &profile);
        for (site, _) in town.sites().iter() {
            prop_assert_eq!(under(links.site(site), &kept), under(links_without.site(site), &identity(&kept)));
        }
        for (cell, _) in town.cells().iter() {
            let Some(snap) = links.cell(cell).and_then(|snap| under(snap, &kept)) else { continue };
            prop_assert_eq!(Some(snap), links_without.cell(cell), "it hangs where it did");
            prop_assert_eq!(times.of(cell), times_without.of(cell));
        }
    }

    #[test]
    fn residents_never_walk_less_than_if_all_were_open(town in towns(), rules in rules()) {
        let town = town.study();
        let (open, kept) = rebuilt(town.network(), |street| {
            (street.walked_by != WalkedBy::Gate).then_some(Traits { walked_by: WalkedBy::Everybody, ..street })
        });
        // Where a way of residents had a vertex of its own there is a gate, which is open now as well.
        let (gates, _) = rebuilt(town.network(), |street| {
            Some(Traits { walked_by: WalkedBy::Everybody, one_way: walkshed::model::OneWay::No, ..street })
                .filter(|_| street.walked_by == WalkedBy::Gate)
        });
        let mut parts = open.into_parts();
        parts.edges.extend(gates.into_parts().edges);
        let open = Network::with_traits(parts).expect("valid");
        let open = town.clone().with(|parts| parts.network = open).expect("a study");
        let profile = Profile { rules, ..town.walk().profile() };
        let (links, times) = walked(&town, &profile);
        let (links_open, times_open) = walked(&open, &profile);
        for (cell, _) in town.cells().iter() {
            if links.cell(cell).and_then(|snap| under(snap, &kept)) != links_open.cell(cell) {
                continue;
            }
            for reach in times.of(cell) {
                let hangs = under(links.site(reach.site), &kept);
                if hangs == Some(links_open.site(reach.site)) {
                    let mut others = times_open.of(cell).iter();
                    let as_near = others.any(|other| other.site == reach.site && other.time <= reach.time);
                    prop_assert!(as_near, "cell {cell:?}, {reach:?}");
                }
            }
        }
    }
}

fn identity(kept: &[usize]) -> Vec<usize> {
    (0..kept.len()).collect()
}

#[test]
fn the_towns_have_compounds() {
    // Else the laws above would hold of nothing.
    let points = [[0.0, 0.0], [900.0, 0.0], [500.0, 30.0]].map(spot);
    let nodes = [[0.0, 0.0], [500.0, 0.0], [900.0, 0.0]];
    let private = Traits {
        walked_by: WalkedBy::Residents,
        ..Traits::default()
    };
    let parts = NetworkParts {
        nodes: nodes.into_iter().map(spot).collect(),
        edges: vec![(0, 1, 50.0), (1, 2, 40.0)],
        traits: vec![(1, private)],
        ..NetworkParts::default()
    };
    let network = study(&points, parts).network().clone();
    assert_eq!((network.nodes().len(), network.edges().len()), (4, 3));
}
