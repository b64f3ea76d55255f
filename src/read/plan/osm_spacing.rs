//! Opening hours in OSM syntax, with one way of writing signs and blanks.
//!
//! In OSM a comma and a blank begin an additional rule, which holds on all days where it names none:
//! with two blanks in it, `Mo-Fr 09:00-12:00,  13:00-17:00` would be open at weekends. So what
//! follows a comma decides, not how many blanks there are: times after times go on with them, and
//! anything else after times is an additional rule.

use crate::text::formula::{half_width, is_hidden};

/// The text with its signs narrowed and its blanks put in order, and whether more than blanks
/// changed. Comments in quotes stay. O(length).
pub(super) fn tidy(written: &str) -> (String, bool) {
    let mut out = Tidy::default();
    let signs: Vec<char> = written.chars().filter(|c| !is_hidden(*c)).collect();
    let mut is_rewritten = false;
    let mut is_quoted = false;
    let mut plain: Vec<char> = Vec::with_capacity(signs.len());
    for sign in signs {
        let new = if is_quoted && sign != '”' {
            sign
        } else {
            narrow(sign)
        };
        is_rewritten |= new != sign && !sign.is_whitespace();
        is_quoted ^= new == '"';
        // 8:30——12:00 has one long dash.
        if !(new == '-' && new != sign && plain.last() == Some(&'-')) {
            plain.push(new);
        }
    }
    for at in 0..plain.len() {
        out.take(&plain, at);
    }
    (out.text.trim_end().to_owned(), is_rewritten)
}

/// The sign of OSM that a sign stands for.
fn narrow(sign: char) -> char {
    match half_width(sign) {
        '–' | '—' | '−' | '‐' | '‑' | '―' | '─' | '~' | '〜' | '∼' => '-',
        '、' | '､' => ',',
        '∶' | '︰' => ':',
        '“' | '”' => '"',
        sign if sign.is_whitespace() => ' ',
        sign => sign,
    }
}

/// What is written so far.
#[derive(Default)]
struct Tidy {
    text: String,
    is_quoted: bool,
}

impl Tidy {
    fn take(&mut self, plain: &[char], at: usize) {
        let sign = plain[at];
        self.is_quoted ^= sign == '"';
        match sign {
            _ if self.is_quoted => self.text.push(sign),
            ' ' => self.blank(&plain[at..]),
            ',' => self.comma(&plain[at + 1..]),
            _ => self.text.push(sign),
        }
    }

    /// A blank is left out beside the signs that need none, and after another one.
    fn blank(&mut self, rest: &[char]) {
        let next: Vec<char> = rest.iter().copied().skip_while(|c| *c == ' ').collect();
        let is_before_sign = match next.first() {
            Some('-') => !is_day_offset(&next[1..]),
            Some(sign) => ",;:".contains(*sign),
            None => true,
        };
        let is_after_sign = match self.text.chars().next_back() {
            Some(' ' | ',' | '-') | None => true,
            Some(':') => is_in_a_time(&self.text, &next),
            Some(_) => false,
        };
        if !is_before_sign && !is_after_sign {
            self.text.push(' ');
        }
    }

    /// A comma goes on with a list, or begins an additional rule.
    fn comma(&mut self, rest: &[char]) {
        let rest: String = rest.iter().skip_while(|c| **c == ' ').collect();
        let is_new_rule = match self.end() {
            End::Time => !begins_with_time(&rest),
            End::Rule => true,
            End::Other => false,
        };
        self.text.push_str(if is_new_rule { ", " } else { "," });
    }

    /// What the text ends with.
    fn end(&self) -> End {
        let words = ["off", "closed", "open", "unknown", "24/7", "\""];
        let lower = self.text.to_ascii_lowercase();
        let mut last = self.text.chars().rev();
        let is_time = match [last.next(), last.next(), last.next()] {
            [Some('+'), ..] => true,
            [Some(ones), Some(tens), Some(':')] => ones.is_ascii_digit() && tens.is_ascii_digit(),
            _ => lower.ends_with(')') || sun(&lower, str::ends_with),
        };
        if is_time {
            End::Time
        } else if words.iter().any(|word| lower.ends_with(word)) {
            End::Rule
        } else {
            End::Other
        }
    }
}

/// What stands before a comma.
enum End {
    /// A time: more times may follow.
    Time,
    /// A rule without times.
    Rule,
    /// A day, a month, a year.
    Other,
}

fn sun(text: &str, has: fn(&str, &'static str) -> bool) -> bool {
    let events = ["sunrise", "sunset", "dawn", "dusk"];
    events.into_iter().any(|event| has(text, event))
}

fn begins_with_time(rest: &str) -> bool {
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    let after = rest[digits..].trim_start();
    let is_clock = (1..=2).contains(&digits) && after.starts_with(':');
    is_clock || rest.starts_with('(') || sun(&rest.to_ascii_lowercase(), str::starts_with)
}

/// Whether `+2 days` or `-1 day` goes on after its sign.
fn is_day_offset(rest: &[char]) -> bool {
    let rest: String = rest.iter().collect();
    let rest = rest.trim_start();
    let digits = rest.bytes().take_while(u8::is_ascii_digit).count();
    digits > 0 && rest[digits..].trim_start().starts_with("day")
}

/// Whether a colon stands between the hour and the minutes of one time, not before another time.
fn is_in_a_time(before: &str, next: &[char]) -> bool {
    let follows_digit = before
        .bytes()
        .rev()
        .nth(1)
        .is_some_and(|c| c.is_ascii_digit());
    let minutes = next.iter().take_while(|c| c.is_ascii_digit()).count();
    let after = next[minutes..].iter().find(|c| **c != ' ');
    follows_digit && minutes == 2 && after != Some(&':')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn blanks_round_signs_change_nothing() {
        let cases = [
            ("Mo-Fr 09:00-12:00,13:00-17:00", false),
            ("Mo-Fr 09:00-12:00, 13:00-17:00", false),
            ("Mo-Fr 09:00-12:00,  13:00-17:00", false),
            ("Mo-Fr 09:00-12:00 , 13:00-17:00", false),
            (" Mo - Fr  09 : 00 - 12 : 00 ,\t13:00 -17:00 ", false),
            ("Mo－Fr　09：00～12：00，13：00——17：00", true),
        ];
        for (written, is_rewritten) in cases {
            let tidied = ("Mo-Fr 09:00-12:00,13:00-17:00".to_owned(), is_rewritten);
            assert_eq!(tidy(written), tidied, "{written:?}");
        }
    }

    #[test]
    fn a_comma_between_rules_stays_one() {
        for (written, tidied) in [
            (
                "Mo-Fr 09:00-12:00,We 13:00-15:00",
                "Mo-Fr 09:00-12:00, We 13:00-15:00",
            ),
            (
                "Mo-Fr 09:00-12:00 ,  We 13:00-15:00",
                "Mo-Fr 09:00-12:00, We 13:00-15:00",
            ),
            ("Mo , We 10:00-12:00", "Mo,We 10:00-12:00"),
            ("Mo off , 10:00-12:00", "Mo off, 10:00-12:00"),
            ("May-Sep : Mo-Fr 08:00-12:00", "May-Sep: Mo-Fr 08:00-12:00"),
            ("week 10: 09:00-12:00", "week 10: 09:00-12:00"),
            ("easter  -2 days 10:00-12:00", "easter -2 days 10:00-12:00"),
            ("Mo[1] +1 day 10:00-12:00", "Mo[1] +1 day 10:00-12:00"),
            (
                "Mo 10:00-12:00 \"a ,  b - c\"",
                "Mo 10:00-12:00 \"a ,  b - c\"",
            ),
            (
                "Jan 01-05 , Mar 10 10:00-12:00",
                "Jan 01-05,Mar 10 10:00-12:00",
            ),
            ("Mo-Fr 09:00-12:00  ;Sa off", "Mo-Fr 09:00-12:00;Sa off"),
        ] {
            assert_eq!(tidy(written).0, tidied, "{written}");
        }
    }
}
