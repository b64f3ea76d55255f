//! [`score_tile`](super::score_tile) for other languages: two C functions of a shared library.
//!
//! ```sh
//! cargo rustc --release --lib --crate-type cdylib --no-default-features --features c-abi
//! ```
//!
//! ```c
//! // 0: *result holds the rows. 1: it holds what is wrong, in English (UTF-8). 70: a bug of ours; it is
//! // empty. Whatever it holds is given back by walkshed_free.
//! int32_t walkshed_score_tile(const uint8_t *tile, size_t tile_len, uint8_t **result, size_t *result_len);
//! void walkshed_free(uint8_t *result, size_t result_len);
//! ```
//!
//! Both may be called from any thread. Walks of one tile use all processors; with
//! `RAYON_NUM_THREADS=1` in the environment one, as an engine wants it that scores many tiles at once.

#![allow(
    unsafe_code,
    reason = "memory that another language owns comes as addresses"
)]

use std::panic::{self, AssertUnwindSafe};
use std::ptr;
use std::slice;

use super::tile::score_tile;

/// The result holds the rows.
pub const DONE: i32 = 0;
/// The result holds what is wrong.
pub const WRONG: i32 = 1;
/// A panic, which does not leave this library.
pub const BUG: i32 = 70;

/// Scores a tile: [`DONE`], [`WRONG`] or [`BUG`], and the result where `result` and `result_len` point.
///
/// # Safety
/// `tile` points to `tile_len` bytes that nobody changes meanwhile, or is null where there are none;
/// `result` and `result_len` point to places that may be written.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn walkshed_score_tile(
    tile: *const u8,
    tile_len: usize,
    result: *mut *mut u8,
    result_len: *mut usize,
) -> i32 {
    let tile = if tile.is_null() {
        &[]
    } else {
        // SAFETY: the caller's promise.
        unsafe { slice::from_raw_parts(tile, tile_len) }
    };
    let (code, bytes) = match panic::catch_unwind(AssertUnwindSafe(|| score_tile(tile))) {
        Ok(Ok(rows)) => (DONE, rows),
        Ok(Err(error)) => (WRONG, error.to_string().into_bytes()),
        Err(_) => (BUG, Vec::new()),
    };
    let bytes = bytes.into_boxed_slice();
    let len = bytes.len();
    let start = Box::into_raw(bytes).cast::<u8>();
    // SAFETY: the caller's promise.
    unsafe {
        result.write(start);
        result_len.write(len);
    }
    code
}

/// Gives a result back.
///
/// # Safety
/// `result` and `result_len` are those of one call of [`walkshed_score_tile`], and given back once; or
/// `result` is null.
#[unsafe(no_mangle)]
pub unsafe extern "C" fn walkshed_free(result: *mut u8, result_len: usize) {
    if !result.is_null() {
        // SAFETY: the caller's promise: it is a boxed slice of this length.
        drop(unsafe { Box::from_raw(ptr::slice_from_raw_parts_mut(result, result_len)) });
    }
}
