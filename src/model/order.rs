//! The order of ids in a list that stands in another order.

/// The places of a list, in the order of the ids that stand there.
///
/// Nothing at all where the list stands in that order itself.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Order {
    places: Vec<usize>,
    len: usize,
}

impl Order {
    /// The order of so many ids. O(n log n), and O(n) when they stand in order.
    pub(super) fn new<'a>(len: usize, id: impl Fn(usize) -> &'a String) -> Self {
        if (1..len).all(|place| id(place - 1) <= id(place)) {
            let places = Vec::new();
            return Self { places, len };
        }
        let mut places: Vec<usize> = (0..len).collect();
        // Stable: of one id that stands twice the first place comes first.
        places.sort_by_key(|&place| id(place));
        Self { places, len }
    }

    /// Whether the list stands in the order of its ids.
    pub(super) const fn is_as_given(&self) -> bool {
        self.places.is_empty()
    }

    fn place(&self, rank: usize) -> usize {
        self.places.get(rank).copied().unwrap_or(rank)
    }

    /// The first place of an id. O(log n).
    pub(super) fn find<'a>(&self, id: &str, of: impl Fn(usize) -> &'a String) -> Option<usize> {
        // The first rank whose id is not less: of one id that stands twice, the first place.
        let mut low = 0;
        let mut high = self.len;
        while low < high {
            let middle = low.midpoint(high);
            if of(self.place(middle)).as_str() < id {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        let place = self.place(low);
        (low < self.len && of(place) == id).then_some(place)
    }

    /// Two places of one id, the smallest one that stands twice.
    pub(super) fn twice<'a>(&self, of: impl Fn(usize) -> &'a String) -> Option<(usize, usize)> {
        (1..self.len)
            .map(|rank| (self.place(rank - 1), self.place(rank)))
            .find(|&(first, second)| of(first) == of(second))
    }
}
