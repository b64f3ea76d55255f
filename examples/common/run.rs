//! How a run begins and ends: threads, Ctrl-C, what is printed where, and the exit code.

use std::io::{self, IsTerminal, Write};
use std::panic::{self, AssertUnwindSafe};
use std::process::ExitCode;
use std::sync::Arc;

use walkshed::model::Language;
use walkshed::read;
use walkshed::text::plain;

use super::args::{MOST_THREADS, Shared, threads};
use super::failure::Failure;
use super::meter::{self, Meter};
use super::said::Said;

/// What an example's help says at its end, after its own meaning of exit code 1.
pub(crate) const EXIT_CODES: &str = "2 wrong usage · 3 bad data · 4 file system · 5 a limit or memory · \
     6 cancelled · 7 the output is locked · 70 our bug";

/// Our bug.
const BUG: u8 = 70;

/// Runs an example: its work tells the exit code, a failure its own, a panic that it is our bug.
pub(crate) fn run(
    args: &Shared,
    work: impl FnOnce(&Arc<Meter>) -> Result<u8, Failure>,
) -> ExitCode {
    panic::set_hook(Box::new(|what| {
        // A crate breaks off at a file, which becomes an error of the file.
        if read::is_guarded() {
            return;
        }
        tell(&format!(
            "this is a bug in walkshed, not in your data: {what}\nplease report it, with the study if you can"
        ));
    }));
    let meter = Meter::start(!args.quiet && io::stderr().is_terminal());
    let done = panic::catch_unwind(AssertUnwindSafe(|| {
        begin(args, &meter).and_then(|()| work(&meter))
    }));
    meter.stop();
    meter.release();
    ExitCode::from(match done {
        Ok(Ok(code)) => code,
        Ok(Err(failure)) => {
            let language = args.spoken();
            let head = match language {
                Language::Chinese => "错误：",
                Language::English => "error: ",
            };
            tell(&format!("{head}{}", failure.in_language(language)));
            failure.code()
        }
        Err(_) => BUG,
    })
}

fn begin(args: &Shared, meter: &Arc<Meter>) -> Result<(), Failure> {
    meter::cancel_on_ctrl_c(meter)?;
    let threads = match args.threads {
        Some(threads) => threads,
        None => threads_of_environment()?,
    };
    // Here and not with the first parallel work, so that what is wrong with the number is said.
    rayon::ThreadPoolBuilder::new()
        .num_threads(threads)
        .build_global()?;
    Ok(())
}

/// What `RAYON_NUM_THREADS` asks for; 0 for as many as there are processors.
fn threads_of_environment() -> Result<usize, Failure> {
    let Some(text) = std::env::var_os(THREADS).filter(|text| !text.is_empty()) else {
        return Ok(0);
    };
    let text = text.to_string_lossy();
    if text == "0" {
        return Ok(0);
    }
    threads(&text).map_err(|wrong| {
        let found = plain(&text);
        Failure::Usage(Said::new(
            format!(
                "{THREADS} is \"{found}\" in the environment: {wrong} – change it, unset it, or say --threads"
            ),
            format!(
                "环境变量 {THREADS} 的值“{found}”无法使用：应为 1 到 {MOST_THREADS} 的整数——请改正或删去，或写明 --threads"
            ),
        ))
    })
}

const THREADS: &str = "RAYON_NUM_THREADS";

/// Prints a text. That nobody reads it to its end is no failure; `else_say` begins the message of
/// any other.
pub(crate) fn print(text: &str, else_say: Said) -> Result<(), Failure> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() != io::ErrorKind::BrokenPipe => {
            Err(Failure::Stdout(else_say, error))
        }
        _ => Ok(()),
    }
}

/// Says something on stderr, if anybody listens.
pub(crate) fn tell(message: &str) {
    let _ = writeln!(io::stderr(), "{message}");
}
