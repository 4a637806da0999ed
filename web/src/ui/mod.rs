//! Widgets, one file each, on plain HTML and the tokens of web/style.

pub(crate) mod badge;
pub(crate) mod condition;
pub(crate) mod dialog;
pub(crate) mod field;
pub(crate) mod histogram;
pub(crate) mod icon;
pub(crate) mod link;
pub(crate) mod live;
pub(crate) mod sankey;
pub(crate) mod table;
pub(crate) mod waterfall;
pub(crate) mod window;
