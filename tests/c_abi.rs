//! The door for other languages gives what the library gives, and tells what is wrong.

#![allow(unsafe_code, reason = "what another language would call")]

use std::ptr;

use walkshed::scale::c_abi::{DONE, WRONG, walkshed_free, walkshed_score_tile};
use walkshed::scale::{plan_tiles, score_tile};
use walkshed::{Silent, draw};

fn scored(tile: &[u8]) -> (i32, Vec<u8>) {
    let mut result = ptr::null_mut();
    let mut len = 0;
    // SAFETY: slices and places of our own.
    unsafe {
        let code = walkshed_score_tile(tile.as_ptr(), tile.len(), &raw mut result, &raw mut len);
        let copy = std::slice::from_raw_parts(result, len).to_vec();
        walkshed_free(result, len);
        (code, copy)
    }
}

#[test]
fn rows_are_those_of_the_library() {
    let study = draw::town("A-a--s--b--t----c-B", 100.0, "st");
    let tile = plan_tiles(&study, 1, &Silent).tile(0);
    let rows = score_tile(&tile).expect("as it was made");
    assert_eq!(scored(&tile), (DONE, rows));
}

#[test]
fn what_is_wrong_comes_in_words() {
    let (code, said) = scored(b"no tile at all");
    assert_eq!(code, WRONG);
    assert!(String::from_utf8_lossy(&said).contains("no tile"));
    // SAFETY: null stands for nothing.
    unsafe { walkshed_free(ptr::null_mut(), 0) };
}

#[test]
fn no_bytes_at_all_are_no_tile() {
    let mut result = ptr::null_mut();
    let mut len = 0;
    // SAFETY: places of our own.
    unsafe {
        let code = walkshed_score_tile(ptr::null(), 5, &raw mut result, &raw mut len);
        assert_eq!(code, WRONG);
        walkshed_free(result, len);
    }
}
