//! Public reports of wrong walks, made into small studies: those of the folder `cases` beside the
//! data, and the essence of each as a town of our own.

mod attributes;
mod cases;
mod maps;
mod town;
mod walled;
