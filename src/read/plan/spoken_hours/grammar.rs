//! Which times go with which days of which season.
//!
//! Days stand before their times throughout (`周一 9:00-12:00，周二 13:00-17:00`), or after them
//! throughout, or after them in brackets (`8:30-17:00（周一至周五）`). What could be read in two ways
//! is refused.

use super::exclusions::{Said, taken_out};
use super::meaning::{DaySet, Holidays, Meaning, Rule, Season, Span};
use super::pairs::{Run, Times, add_days, add_times, has_times, pairs};
use super::parser::Part;
use super::refusal::Refusal;
use super::year;

/// What the parts of a sentence mean together.
///
/// # Errors
/// When times lack, when days, times and seasons do not go together for certain, or when two
/// statements clash.
pub(super) fn meaning(parts: Vec<Part>) -> Result<Meaning, Refusal> {
    let is_self_service = parts.contains(&Part::SelfService);
    let says_working_days = parts.contains(&Part::WorkingDays);
    let (parts, mut said) = taken_out(parts)?;
    if says_working_days && !names_holidays(&parts) {
        said.closed = said.closed.with(DaySet::HOLIDAYS);
    }
    let has_times =
        |part: &Part| matches!(part, Part::Times(..) | Part::DayAndNight | Part::WholeDay);
    if !parts.iter().any(has_times) {
        return Err(Refusal::NoTimes);
    }
    let blocks = blocks(&parts)?;
    let rules = said_rules(rules(blocks)?, said)?;
    let holidays = holidays(&rules, said)?;
    let meaning = Meaning { rules, holidays };
    year::without_clash(&meaning)?;
    let is_round_the_clock = |rule: &Rule| rule.spans == [Span::DAY];
    // Terminals may be open when the windows are not: only one answer holds for both.
    if is_self_service && !meaning.rules.iter().all(is_round_the_clock) {
        return Err(Refusal::Words(vec!["自助".to_owned()]));
    }
    Ok(meaning)
}

/// The days of a sentence that names days and nothing else.
pub(super) fn days_alone(parts: &[Part]) -> Option<DaySet> {
    let mut days = DaySet::NONE;
    for part in parts {
        match part {
            Part::Days(more) if !more.meets(DaySet::HOLIDAYS) => days = days.with(*more),
            Part::And | Part::Comma => {}
            _ => return None,
        }
    }
    Some(days).filter(|days| !days.is_empty())
}

fn names_holidays(parts: &[Part]) -> bool {
    let mut days = parts.iter();
    days.any(|part| matches!(part, Part::Days(days) if days.meets(DaySet::HOLIDAYS)))
}

/// A part of the sentence under one season.
#[derive(Debug, Default)]
struct Block {
    season: Option<Season>,
    runs: Vec<Run>,
}

/// The sentence by seasons; what stands before the first one is of no season.
fn blocks(parts: &[Part]) -> Result<Vec<Block>, Refusal> {
    let mut blocks = vec![Block::default()];
    let mut is_inside = false;
    for part in parts {
        let runs = blocks.last_mut().map(|block| &mut block.runs);
        let runs = runs.ok_or(Refusal::Order)?;
        match part {
            Part::Season(season, is_named) => {
                // 8:00-12:00（5月-9月）14:00-18:00: the season may be that of the times before it.
                let leads = *is_named && !is_inside;
                if !leads && has_times(&blocks[0].runs) {
                    return Err(Refusal::Order);
                }
                blocks.push(Block {
                    season: Some(*season),
                    runs: Vec::new(),
                });
            }
            Part::Days(days) => add_days(runs, *days, is_inside),
            Part::WorkingDays => add_days(runs, DaySet::WORKING, is_inside),
            Part::Times(span, says_part) => add_times(runs, times(*span, *says_part)),
            Part::DayAndNight => add_times(runs, times(Span::DAY, false)),
            Part::WholeDay => add_times(
                runs,
                Times {
                    is_whole_day: true,
                    ..times(Span::DAY, false)
                },
            ),
            // Brackets within brackets, or closed before they are open.
            Part::Open | Part::Close if is_inside == (*part == Part::Open) => {
                return Err(Refusal::Order);
            }
            Part::Open | Part::Close => is_inside = !is_inside,
            Part::And | Part::Comma | Part::Stop | Part::SelfService => {}
            _ => return Err(Refusal::Order),
        }
    }
    // A sentence that ends in the midst of brackets goes on somewhere else.
    if is_inside {
        Err(Refusal::Order)
    } else {
        Ok(blocks)
    }
}

/// Times as they are said, with the season and the days that stand beside them.
struct Stated {
    season: Option<Season>,
    days: Option<DaySet>,
    times: Times,
}

/// The rules of all blocks.
fn rules(blocks: Vec<Block>) -> Result<Vec<Rule>, Refusal> {
    let common = common_days(&blocks);
    let mut all = Vec::new();
    for block in blocks {
        let stands_alone = matches!(block.runs[..], [Run::Days(..)]);
        if block.season.is_none() && stands_alone && common.is_some() {
            continue;
        }
        let pairs = pairs(&block.runs)?;
        // A season of which nothing is said: its times may be those before it.
        if pairs.is_empty() && block.season.is_some() {
            return Err(Refusal::Order);
        }
        let season = block.season;
        all.extend(pairs.into_iter().map(|(days, times)| Stated {
            season,
            days,
            times,
        }));
    }
    let names_days = all.iter().any(|said| said.days.is_some());
    // Days of some times only: those of the others are not known.
    let otherwise = common.or((!names_days).then_some(DaySet::WEEK));
    let rules: Result<Vec<(Rule, bool)>, Refusal> =
        all.into_iter().map(|said| rule(said, otherwise)).collect();
    let rules = rules?;
    for (place, (rule, says)) in rules.iter().enumerate() {
        let mut others = rules[..place].iter();
        if !others.all(|(other, also)| go_together(rule, other, *says && *also)) {
            return Err(Refusal::Clash);
        }
    }
    Ok(rules.into_iter().map(|(rule, _)| rule).collect())
}

/// The days that hold in every season that names none: those before all seasons, if they are the same
/// throughout.
fn common_days(blocks: &[Block]) -> Option<DaySet> {
    let [first, _, ..] = blocks else {
        return None;
    };
    let mut named = first.runs.iter().filter_map(|run| match run {
        Run::Days(days, _) => Some(*days),
        Run::Times(_) => None,
    });
    let days = named.next()?;
    named.all(|other| other == days).then_some(days)
}

/// The rule of times on their days or, where none are named, on others; and whether each time says of
/// which part of the day it is.
fn rule(said: Stated, otherwise: Option<DaySet>) -> Result<(Rule, bool), Refusal> {
    let days = said.days.or(otherwise).ok_or(Refusal::Order)?;
    if said.times.is_whole_day && days != DaySet::WEEK {
        return Err(Refusal::Words(vec!["全天".to_owned()]));
    }
    let rule = Rule {
        season: said.season,
        days,
        spans: said.times.spans,
    };
    Ok((rule, said.times.says_part))
}

/// Whether two rules hold beside each other, and neither takes the place of the other: on other days,
/// in other seasons, on the very same days, or as mornings and afternoons that are called so. In
/// 每天8:00-12:00，周日14:00-17:00 Sunday may have a morning, or not.
fn go_together(rule: &Rule, other: &Rule, say_part: bool) -> bool {
    match (rule.season, other.season) {
        _ if !rule.days.meets(other.days) => true,
        (Some(season), Some(of_other)) if season != of_other => !season.meets(of_other),
        (season, of_other) => say_part || season == of_other && rule.days == other.days,
    }
}

/// A range of times alone.
fn times(span: Span, says_part: bool) -> Times {
    Times {
        spans: vec![span],
        says_part,
        ..Times::default()
    }
}

/// The rules without the days that are said to be closed.
fn said_rules(mut rules: Vec<Rule>, said: Said) -> Result<Vec<Rule>, Refusal> {
    for rule in &mut rules {
        let opens_on_holidays = rule.days.meets(DaySet::HOLIDAYS);
        rule.days = rule.days.without(said.closed);
        // What is open and closed at once is neither.
        if rule.days.is_empty() || opens_on_holidays && said.closed.meets(DaySet::HOLIDAYS) {
            return Err(Refusal::Clash);
        }
    }
    Ok(rules)
}

/// What holds on holidays.
fn holidays(rules: &[Rule], said: Said) -> Result<Holidays, Refusal> {
    let open = rules.iter();
    let open = open.fold(DaySet::NONE, |all, rule| all.with(rule.days));
    // 周末照常 beside times from Monday to Friday says two things.
    let usual = said.as_usual.without(DaySet::HOLIDAYS);
    if !usual.without(open).is_empty() || usual.meets(said.closed) {
        return Err(Refusal::Clash);
    }
    let is_closed = said.closed.meets(DaySet::HOLIDAYS);
    if !said.as_usual.meets(DaySet::HOLIDAYS) {
        return Ok(if is_closed {
            Holidays::Closed
        } else {
            Holidays::Unsaid
        });
    }
    // 周一至周五…，节假日照常: on which holidays is not said.
    if open == DaySet::WEEK && !is_closed {
        Ok(Holidays::Ordinary)
    } else {
        Err(Refusal::Clash)
    }
}
