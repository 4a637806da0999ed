//! Flows from place to place as a picture: hover and focus tell, a click filters, and a table says the same.

mod layout;

use std::sync::Arc;

use interlock_core::preview::view::{Flow, PlaceKind};
use leptos::prelude::*;

use self::layout::{Link, LinkKind, Node, Picture};
use super::badge::place_class;
use crate::state::text;
use crate::ui::live::{click, live};

/// Places that a side shows by themselves.
const MOST: usize = 10;

/// An end of a flow: kind and id of a place.
pub(crate) type End = Option<(PlaceKind, String)>;

/// What the pointer or the focus is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Hot {
    Left(usize),
    Right(usize),
    Link(usize),
}

fn label(node: &Node) -> String {
    match &node.place {
        Some(place) => text::place(place),
        None => format!("{} others", node.places),
    }
}

fn end(node: &Node) -> End {
    node.place.as_ref().map(|place| (place.kind, place.id.clone()))
}

fn class(node: &Node) -> &'static str {
    node.place.as_ref().map_or("others", |place| place_class(place.kind))
}

fn told(picture: &Picture, hot: Hot) -> String {
    let node = |side: &[Node], index: usize| side.get(index).cloned();
    match hot {
        Hot::Left(index) => {
            node(&picture.left, index).map(|node| format!("{} gave away {}", label(&node), text::leads(node.leads)))
        }
        Hot::Right(index) => {
            node(&picture.right, index).map(|node| format!("{} receives {}", label(&node), text::leads(node.leads)))
        }
        Hot::Link(index) => picture.links.get(index).and_then(|link| {
            let from = node(&picture.left, link.from)?;
            let to = node(&picture.right, link.to)?;
            let why = match link.kind {
                LinkKind::Rule => "by rule",
                LinkKind::Rotation => "by rotation",
                LinkKind::Stay => "unchanged",
            };
            Some(format!("{} → {}: {} {why}", label(&from), label(&to), text::leads(link.leads)))
        }),
    }
    .unwrap_or_default()
}

fn touches(link: &Link, index: usize, hot: Hot) -> bool {
    match hot {
        Hot::Left(node) => link.from == node,
        Hot::Right(node) => link.to == node,
        Hot::Link(other) => other == index,
    }
}

/// Draws the flows. `pick` is called with the ends that a click chooses.
pub(crate) fn sankey(flows: &[Flow], staying: bool, pick: impl Fn(End, End) + Copy + 'static) -> AnyView {
    let picture = Arc::new(layout::picture(flows, MOST, staying));
    if picture.links.is_empty() {
        return view! { <p class="empty">"No lead goes to another place."</p> }.into_any();
    }
    let hot = RwSignal::new(None::<Hot>);
    let height = picture.height;
    let links = picture
        .links
        .iter()
        .enumerate()
        .map(|(index, link)| {
            let kind = match link.kind {
                LinkKind::Rule => "link rule",
                LinkKind::Rotation => "link rotation",
                LinkKind::Stay => "link stay",
            };
            let ends = (picture.left.get(link.from).and_then(end), picture.right.get(link.to).and_then(end));
            let shape = layout::outline(link);
            let link = link.clone();
            let touched = move || hot.get().map(|hot| touches(&link, index, hot));
            let dim = touched.clone();
            view! {
                <path
                    class=kind
                    d=shape
                    class:hot=live(move || touched() == Some(true))
                    class:dim=live(move || dim() == Some(false))
                    on:pointerenter=move |_| hot.set(Some(Hot::Link(index)))
                    on:click=click(move |_| pick(ends.0.clone(), ends.1.clone()))
                ></path>
            }
        })
        .collect_view();
    let side = |nodes: &[Node], left: bool| {
        nodes
            .iter()
            .enumerate()
            .map(|(index, node)| {
                let this = if left { Hot::Left(index) } else { Hot::Right(index) };
                let place = end(node);
                let others = place.is_none();
                let name = label(node);
                let spoken = told(&picture, this);
                let (top, bar) = (node.top, node.height);
                view! {
                    <button
                        type="button"
                        class=format!("node {}", class(node))
                        style:top=format!("{:.1}px", middle(top, bar))
                        disabled=others
                        title=spoken
                        on:pointerenter=move |_| hot.set(Some(this))
                        on:focus=move |_| hot.set(Some(this))
                        on:blur=move |_| hot.set(None)
                        on:click=click(move |_| {
                            if left { pick(place.clone(), None) } else { pick(None, place.clone()) }
                        })
                    >
                        <span class="node-label">{name}</span>
                        <span class="node-count">{text::count(node.leads)}</span>
                        <span class="sr">
                            {if left { "given away, list the leads" } else { "received, list the leads" }}
                        </span>
                    </button>
                    <span
                        class=format!("bar {}", class(node))
                        style:top=format!("{top:.1}px")
                        style:height=format!("{bar:.1}px")
                        aria-hidden="true"
                    ></span>
                }
            })
            .collect_view()
    };
    let left = side(&picture.left, true);
    let right = side(&picture.right, false);
    let telling = Arc::clone(&picture);
    view! {
        <div class="sankey" on:pointerleave=move |_| hot.set(None)>
            <div class="sankey-body" style:height=format!("{height:.0}px")>
                <div class="side left">{left}</div>
                <svg
                    class="links"
                    viewBox=format!("0 0 100 {height:.0}")
                    preserveAspectRatio="none"
                    aria-hidden="true"
                >
                    {links}
                </svg>
                <div class="side right">{right}</div>
            </div>
            <p class="telling">
                {move || match hot.get() {
                    Some(hot) => told(&telling, hot),
                    None => "Point at a flow to read it; click to list its leads.".to_owned(),
                }}
            </p>
        </div>
    }
    .into_any()
}

#[expect(clippy::float_arithmetic, reason = "pixels, never hashed")]
fn middle(top: f64, height: f64) -> f64 {
    top + height / 2.0
}
