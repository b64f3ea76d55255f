//! `lead` and `responsible` of `[[indicator]]` and `[[phase]]`: who answers for a task.

use super::wrong::Wrong;
use crate::model::Charge;
use crate::read::error::ReadError;
use crate::words::text;

/// Who answers for a task, as its table says.
///
/// # Errors
/// When a name is empty.
pub(super) fn charge(
    lead: Option<&String>,
    responsible: Option<&Vec<String>>,
    wrong: &Wrong,
) -> Result<Charge, ReadError> {
    let lead = lead.map(|name| named("lead", name, wrong)).transpose()?;
    let responsible = responsible.into_iter().flatten();
    let responsible = responsible.map(|name| named("responsible", name, wrong));
    Ok(Charge {
        lead: lead.unwrap_or_default(),
        responsible: responsible.collect::<Result<_, _>>()?,
    })
}

fn named(key: &str, name: &str, wrong: &Wrong) -> Result<String, ReadError> {
    let name = name.trim();
    if name.is_empty() {
        return Err(wrong.key(key, text!(NameOfUnitInCharge), text!(NameItOrRemove)));
    }
    Ok(name.to_owned())
}
