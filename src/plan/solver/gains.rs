//! One instance: what each client gains from each candidate.

use crate::search::Csr;

/// What a client gains when a candidate is the best open one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::plan) struct Gain {
    /// The candidate in a client's row, the client in a candidate's column.
    pub(in crate::plan) of: u32,
    /// How much, above 0.
    pub(in crate::plan) gain: i64,
}

/// An instance, by client and by candidate.
#[derive(Debug, Clone)]
pub(in crate::plan) struct Gains {
    /// By client its candidates: most gain first, ties by candidate.
    pub(super) rows: Csr<Gain>,
    /// By candidate its clients, in their order.
    pub(super) columns: Csr<Gain>,
    /// By candidate what is taken off the sum when it opens.
    pub(super) price: Vec<i64>,
    /// By candidate how much room it takes.
    pub(super) size: Vec<u64>,
    /// How much room there is.
    pub(super) room: u64,
    /// What is had without any of these candidates.
    pub(super) base: i64,
    /// By candidate its number in the instance that this one was made of.
    pub(super) names: Vec<u32>,
    /// Those of that instance that are open already, in `base` and out of `room`.
    pub(super) opened: Vec<u32>,
    /// Prices of clients are reckoned in so many parts of one.
    pub(super) scale: i64,
    /// By client the price that was good in the instance that this one was made of, in parts; empty where
    /// none was looked for.
    pub(super) prices: Vec<i64>,
}

/// What opening a candidate takes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::plan) struct Opening {
    pub(in crate::plan) price: i64,
    pub(in crate::plan) size: u64,
}

impl Gains {
    /// An instance of triples (client, candidate, gain); gains of 0 or less are left out.
    ///
    /// O(pairs · log of the longest row).
    pub(in crate::plan) fn new(
        clients: usize,
        openings: &[Opening],
        room: u64,
        triples: &[(u32, u32, i64)],
    ) -> Self {
        let above_zero = triples.iter().filter(|(_, _, gain)| *gain > 0);
        let mut sorted: Vec<(u32, Gain)> = above_zero
            .map(|&(client, of, gain)| (client, Gain { of, gain }))
            .collect();
        sorted.sort_unstable_by_key(|(client, pair)| (*client, -pair.gain, pair.of));
        let rows = Csr::new(clients, sorted.iter().copied());
        let columns = columns(&rows, openings.len());
        let mut gains = Self {
            rows,
            columns,
            price: openings.iter().map(|opening| opening.price).collect(),
            size: openings.iter().map(|opening| opening.size).collect(),
            room,
            base: 0,
            names: (0..number(openings.len())).collect(),
            opened: Vec::new(),
            scale: 1,
            prices: Vec::new(),
        };
        gains.scale = gains.finest_scale();
        gains
    }

    /// The largest scale at which no sum overflows.
    fn finest_scale(&self) -> i64 {
        let prices: i64 = self.price.iter().sum();
        let most = self.most() + prices + 1;
        let mut scale = 1 << 20;
        while scale > 1 && most > (1 << 60) / scale {
            scale /= 2;
        }
        scale
    }

    /// The same instance with room for so much.
    pub(in crate::plan) fn with_room(&self, room: u64) -> Self {
        Self {
            room,
            ..self.clone()
        }
    }

    pub(super) fn clients(&self) -> usize {
        self.rows.len()
    }

    pub(super) fn candidates(&self) -> usize {
        self.price.len()
    }

    /// How many pairs of client and candidate there are.
    pub(super) fn pairs(&self) -> usize {
        self.rows.values().len()
    }

    /// No plan has more than this: everybody has the best.
    pub(super) fn most(&self) -> i64 {
        let best = (0..number(self.clients())).filter_map(|client| self.rows.row(client).first());
        self.base + best.map(|pair| pair.gain).sum::<i64>()
    }

    /// The numbers, in the first instance, of those that a plan of this one opens, in order.
    pub(super) fn named(&self, open: &[u32]) -> Vec<u32> {
        let chosen = open.iter().map(|&one| self.names[one as usize]);
        let mut named: Vec<u32> = chosen.chain(self.opened.iter().copied()).collect();
        named.sort_unstable();
        named
    }

    /// The instance in which some candidates are open for good and others are gone.
    ///
    /// Open ones leave: what they give is had from the start, and only what is beyond it remains to be
    /// gained. O(pairs · log of the longest row).
    pub(in crate::plan) fn settled(&self, open: &[bool], gone: &[bool]) -> Self {
        let mut base = self.base;
        let mut triples = Vec::with_capacity(self.pairs());
        let kept: Vec<u32> = (0..number(self.candidates()))
            .filter(|&candidate| !open[candidate as usize] && !gone[candidate as usize])
            .collect();
        let place = places(&kept, self.candidates());
        let mut clients = 0;
        let mut prices = Vec::new();
        for client in 0..number(self.clients()) {
            let row = self.rows.row(client);
            let had = row.iter().find(|pair| open[pair.of as usize]);
            let had = had.map_or(0, |pair| pair.gain);
            base += had;
            let before = triples.len();
            let price = self.prices.get(client as usize).copied();
            let more = row.iter().take_while(|pair| pair.gain > had);
            for pair in more.filter(|pair| !gone[pair.of as usize]) {
                triples.push((clients, place[pair.of as usize], pair.gain - had));
            }
            // Clients with nothing left to gain are left out.
            if triples.len() > before {
                clients += 1;
                // Who has something already pays for what is beyond it.
                prices.extend(price.map(|price| (price - had * self.scale).max(0)));
            }
        }
        let opened: Vec<u32> = (0..number(self.candidates()))
            .filter(|&one| open[one as usize])
            .collect();
        let mut room = self.room;
        for &candidate in &opened {
            base -= self.price[candidate as usize];
            room -= self.size[candidate as usize];
        }
        let openings: Vec<Opening> = kept.iter().map(|&one| self.opening(one)).collect();
        let mut settled = Self::new(clients as usize, &openings, room, &triples);
        settled.scale = self.scale;
        settled.prices = prices;
        settled.base = base;
        settled.opened = self.named(&opened);
        settled.names = kept.iter().map(|&one| self.names[one as usize]).collect();
        settled
    }

    fn opening(&self, candidate: u32) -> Opening {
        Opening {
            price: self.price[candidate as usize],
            size: self.size[candidate as usize],
        }
    }

    /// The same with other rows: by client, most gain first.
    pub(super) fn with_rows(mut self, rows: Csr<Gain>) -> Self {
        self.columns = columns(&rows, self.candidates());
        self.rows = rows;
        self
    }
}

/// By candidate its clients.
fn columns(rows: &Csr<Gain>, candidates: usize) -> Csr<Gain> {
    let pairs = (0..number(rows.len())).flat_map(|client| {
        let row = rows.row(client).iter();
        row.map(move |pair| {
            let gain = pair.gain;
            (pair.of, Gain { of: client, gain })
        })
    });
    Csr::new(candidates, pairs)
}

/// By old number the new one of those that are kept.
fn places(kept: &[u32], candidates: usize) -> Vec<u32> {
    let mut place = vec![u32::MAX; candidates];
    for (new, &old) in kept.iter().enumerate() {
        place[old as usize] = number(new);
    }
    place
}

/// A count as the number that ids have.
pub(super) fn number(count: usize) -> u32 {
    u32::try_from(count).expect("clients and candidates are numbered by u32")
}
