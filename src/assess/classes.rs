//! Asked items by class: items that the same sites handle alike are looked at together.

use crate::ids::ItemId;
use crate::model::Study;

/// The asked items of one class.
#[derive(Debug, Clone, Default)]
pub(super) struct Class {
    pub items: Vec<ItemId>,
    /// Their weight together, in millionths.
    pub weight: u64,
}

/// The asked items of each class, in the order of the catalogue's classes.
pub(super) fn classes(study: &Study, asked: &[ItemId]) -> Vec<Class> {
    let catalogue = study.catalogue();
    // Classes without asked items stay, empty, so that a class keeps its place.
    let mut classes = vec![Class::default(); catalogue.classes().len()];
    for &item in asked {
        let class = &mut classes[catalogue.class(item)];
        class.items.push(item);
        class.weight += catalogue[item].weight;
    }
    classes
}
