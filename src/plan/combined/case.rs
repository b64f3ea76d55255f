//! Clients, and what each of them needs.

/// A few candidates, in order, all of which must be open.
pub(crate) type Choice = Vec<u32>;

/// Whoever is to be served.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Client {
    /// How much it counts.
    pub(crate) weight: u64,
    /// All of these must hold, each by any of its options.
    pub(crate) conditions: Vec<Vec<Choice>>,
}

/// Clients, and candidates of which they may need several at once.
#[derive(Debug, Clone)]
pub(crate) struct Combined {
    pub(super) clients: Vec<Client>,
    pub(super) candidates: usize,
    /// By candidate the weight of all clients that it could help to serve.
    pub(super) asked_by: Vec<u64>,
}

impl Combined {
    /// O(all options).
    pub(crate) fn new(clients: Vec<Client>, candidates: usize) -> Self {
        let mut asked_by = vec![0; candidates];
        for client in &clients {
            for &candidate in client.conditions.iter().flatten().flatten() {
                let sum: &mut u64 = &mut asked_by[candidate as usize];
                *sum = sum.saturating_add(client.weight);
            }
        }
        Self {
            clients,
            candidates,
            asked_by,
        }
    }

    /// Whether nobody needs more than one candidate: an MCLP.
    pub(crate) fn is_plain(&self) -> bool {
        self.clients.iter().all(|client| {
            let options = client.conditions.first();
            client.conditions.len() == 1
                && options.is_some_and(|options| options.iter().all(|option| option.len() == 1))
        })
    }

    /// The weight of those who are served when these are open. O(all options).
    pub(crate) fn value(&self, open: &[u32]) -> u64 {
        let is_open = self.flags(open);
        let served = self
            .clients
            .iter()
            .filter(|client| client.is_served(&is_open));
        served.map(|client| client.weight).sum()
    }

    pub(super) fn flags(&self, open: &[u32]) -> Vec<bool> {
        let mut flags = vec![false; self.candidates];
        for &candidate in open {
            flags[candidate as usize] = true;
        }
        flags
    }
}

impl Client {
    /// Whether all conditions hold.
    pub(super) fn is_served(&self, is_open: &[bool]) -> bool {
        self.conditions
            .iter()
            .all(|options| options.iter().any(|option| holds(option, is_open)))
    }
}

/// Whether all candidates of an option are open.
pub(super) fn holds(option: &[u32], is_open: &[bool]) -> bool {
    option.iter().all(|&candidate| is_open[candidate as usize])
}
