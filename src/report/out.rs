//! Where a file's content goes.

use std::io::Write;

/// Where a file's content goes, from whatever thread.
pub(super) trait Out: Write + Send {}

impl<W: Write + Send> Out for W {}
