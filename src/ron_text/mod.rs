//! A lossless token tree over RON text: positions, comments, duplicate keys.
