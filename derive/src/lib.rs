//! `#[derive(Decode)]`: reading a type from JSON with every fault at once, in little code.
//!
//! Input: a type with serde's attributes; `rename_all`, `transparent`, `default`, `default = "path"`, `rename`, `skip` and
//! `skip_deserializing` are known, and `serialize`-only ones are passed over. Output: an implementation of
//! `interlock_core::json::Decode`, which refuses keys that the type does not have; `#[decode(part)]` says of a type that it
//! reads some keys of a larger object and passes over the others. Invariant: what it reads without a finding, serde reads
//! the same; tests compare the two.
//!
//! serde's own derive makes a visitor for each type, and each is compiled once for every way of reading: of the
//! engine's module that was a quarter. Here a type is a list of calls into code that is shared by all.

use proc_macro2::TokenStream;
use quote::quote;
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{
    Attribute, Data, DataEnum, DeriveInput, Error, Fields, Ident, LitStr, Path, Result, Token, parse_macro_input,
};

/// Implements `interlock_core::json::Decode`; see the crate's documentation.
#[proc_macro_derive(Decode, attributes(serde, decode))]
pub fn decode(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    implementation(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// What serde's attributes say, as far as it matters to reading.
#[derive(Default)]
struct Said {
    rename: Option<String>,
    words: Words,
    default: Option<Option<Path>>,
    skip: bool,
    part: bool,
}

/// How words are made of the names of variants: serde's `rename_all`.
#[derive(Clone, Copy, Default)]
enum Words {
    /// `TakenBack`.
    #[default]
    AsNamed,
    /// `takenback`.
    Lower,
    /// `taken_back`, `taken-back`.
    Joined(char),
}

/// One of `name`, `name = "value"`, `name(…)`.
struct Item {
    name: Ident,
    value: Option<LitStr>,
}

impl Parse for Item {
    fn parse(input: ParseStream<'_>) -> Result<Self> {
        let name = input.parse()?;
        let value = if input.peek(Token![=]) {
            input.parse::<Token![=]>()?;
            Some(input.parse()?)
        } else {
            None
        };
        Ok(Self { name, value })
    }
}

fn said(attributes: &[Attribute]) -> Result<Said> {
    let mut said = Said::default();
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("serde")) {
        for Item { name, value } in attribute.parse_args_with(Punctuated::<Item, Token![,]>::parse_terminated)? {
            match (name.to_string().as_str(), value) {
                ("rename", Some(value)) => said.rename = Some(value.value()),
                ("rename_all", Some(value)) if value.value() == "snake_case" => said.words = Words::Joined('_'),
                ("rename_all", Some(value)) if value.value() == "kebab-case" => said.words = Words::Joined('-'),
                ("rename_all", Some(value)) if value.value() == "lowercase" => said.words = Words::Lower,
                ("default", None) => said.default = Some(None),
                ("default", Some(path)) => said.default = Some(Some(path.parse()?)),
                ("skip" | "skip_deserializing", None) => said.skip = true,
                // Unknown keys are refused in every object; the others are about writing, or about the only field.
                ("deny_unknown_fields" | "transparent", None) | ("skip_serializing_if", Some(_)) => {}
                (other, _) => {
                    return Err(Error::new(
                        name.span(),
                        format!("`{other}` is not known to `Decode`; implement it by hand"),
                    ));
                }
            }
        }
    }
    for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("decode")) {
        let name: Ident = attribute.parse_args()?;
        if name != "part" {
            return Err(Error::new(name.span(), "only `part` is known"));
        }
        said.part = true;
    }
    Ok(said)
}

fn implementation(input: &DeriveInput) -> Result<TokenStream> {
    let said = said(&input.attrs)?;
    let Bodies { blank, decode } = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => named(&data.fields, &said)?,
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => Bodies {
                blank: quote! { Self(::interlock_core::json::Decode::blank()) },
                decode: quote! { ::interlock_core::json::Decode::decode(&mut self.0, node) },
            },
            _ => return Err(Error::new_spanned(&input.ident, "only structs with named fields or a single one")),
        },
        Data::Enum(data) => words(data, &said)?,
        Data::Union(_) => return Err(Error::new_spanned(&input.ident, "unions cannot be read")),
    };
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl ::interlock_core::json::Decode for #name {
            fn blank() -> Self {
                #blank
            }

            fn decode(&mut self, node: &::interlock_core::json::Node<'_>) -> bool {
                #decode
            }
        }
    })
}

/// The bodies of a type's functions.
struct Bodies {
    blank: TokenStream,
    decode: TokenStream,
}

fn words(data: &DataEnum, container: &Said) -> Result<Bodies> {
    let mut words = Vec::new();
    let mut plain = Vec::new();
    let mut arms = Vec::new();
    let mut blank = None;
    for (at, variant) in data.variants.iter().enumerate() {
        let ident = &variant.ident;
        let name = ident.to_string();
        words.push(word(&name, container.words));
        let made = match &variant.fields {
            Fields::Unit => {
                plain.push(quote! { #at => Self::#ident });
                quote! { Self::#ident }
            }
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                arms.push(quote! {
                    #at => {
                        let mut content = ::interlock_core::json::Decode::blank();
                        let fits = word.content(&mut content);
                        *self = Self::#ident(content);
                        fits
                    }
                });
                quote! { Self::#ident(::interlock_core::json::Decode::blank()) }
            }
            _ => return Err(Error::new_spanned(variant, "only variants without a value or with a single one")),
        };
        if blank.is_none() || variant.attrs.iter().any(|attribute| attribute.path().is_ident("default")) {
            blank = Some(made);
        }
    }
    let blank = blank.ok_or_else(|| Error::new_spanned(&data.variants, "an enum has variants"))?;
    if plain.is_empty() {
        arms.push(quote! { _ => false });
    } else {
        arms.push(quote! {
            at => {
                *self = match at {
                    #(#plain,)*
                    _ => return false,
                };
                word.alone()
            }
        });
    }
    let decode = quote! {
        let Some(word) = node.word(&[#(#words),*]) else { return false };
        match word.at {
            #(#arms)*
        }
    };
    Ok(Bodies { blank, decode })
}

fn named(fields: &Fields, container: &Said) -> Result<Bodies> {
    let mut keys = Vec::new();
    let mut reads = Vec::new();
    let mut blanks = Vec::new();
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let said = said(&field.attrs)?;
        if said.skip {
            blanks.push(quote! { #ident: Default::default() });
            continue;
        }
        let name = ident.to_string();
        keys.push(said.rename.unwrap_or_else(|| name.strip_prefix("r#").unwrap_or(&name).to_owned()));
        let kind = kind(&field.ty);
        let default = match (&said.default, &container.default) {
            (Some(Some(path)), _) => Some(quote! { #path() }),
            (Some(None), _) => Some(quote! { Default::default() }),
            (None, Some(_)) => Some(quote! { <Self as Default>::default().#ident }),
            (None, None) if kind == Kind::Option => Some(quote! { None }),
            (None, None) => None,
        };
        // An option that does not fit is `None`, which is also what the type's own default has there.
        let stays = kind == Kind::Whole || kind == Kind::Option && !matches!(said.default, Some(Some(_)));
        reads.push(match &default {
            None => quote! { object.must(&mut self.#ident); },
            Some(_) if stays => quote! { object.may(&mut self.#ident); },
            Some(default) => quote! {
                if !object.may(&mut self.#ident) {
                    self.#ident = #default;
                }
            },
        });
        let blank = default.unwrap_or_else(|| quote! { ::interlock_core::json::Decode::blank() });
        blanks.push(quote! { #ident: #blank });
    }
    let blank = match &container.default {
        Some(_) => quote! { <Self as Default>::default() },
        None => quote! { Self { #(#blanks),* } },
    };
    let object = if container.part {
        quote! { part }
    } else {
        quote! { object }
    };
    let decode = quote! {
        let Some(mut object) = node.#object(&[#(#keys),*]) else { return false };
        #(#reads)*
        object.whole
    };
    Ok(Bodies { blank, decode })
}

/// What becomes of a field whose value does not fit, as `core/src/json/types.rs` has it.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// It stays as it was.
    Whole,
    /// It is `None`.
    Option,
    /// It may have been read in part.
    Other,
}

fn kind(ty: &syn::Type) -> Kind {
    let syn::Type::Path(path) = ty else { return Kind::Other };
    match path.path.segments.last().map(|last| last.ident.to_string()).as_deref() {
        Some("Option") => Kind::Option,
        Some("Vec" | "Map" | "String" | "bool" | "u8" | "u16" | "u32" | "u64" | "i32" | "i64") => Kind::Whole,
        _ => Kind::Other,
    }
}

/// The word of a variant; where words are joined, before every capital but the first.
fn word(name: &str, words: Words) -> String {
    let joint = match words {
        Words::AsNamed => return name.to_owned(),
        Words::Lower => None,
        Words::Joined(joint) => Some(joint),
    };
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            out.extend(joint);
        }
        out.extend(letter.to_lowercase());
    }
    out
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]

    use super::*;

    #[test]
    fn words_are_written_as_serde_writes_them() {
        for (name, word) in [("LeadCaptured", "lead_captured"), ("Sql", "sql"), ("AbmTier1", "abm_tier1")] {
            assert_eq!(super::word(name, Words::Joined('_')), word);
        }
        assert_eq!(word("TakenBack", Words::Joined('-')), "taken-back");
        assert_eq!(word("HubSpot", Words::Lower), "hubspot");
        assert_eq!(word("HubSpot", Words::AsNamed), "HubSpot");
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        let input: DeriveInput = syn::parse_str("#[serde(untagged)] enum A { B(u8) }").unwrap();
        assert!(implementation(&input).unwrap_err().to_string().contains("`untagged` is not known"));
        let input: DeriveInput = syn::parse_str("#[decode(some)] struct A { b: u8 }").unwrap();
        assert!(implementation(&input).unwrap_err().to_string().contains("only `part` is known"));
        let input: DeriveInput = syn::parse_str("enum A { B { c: u8 } }").unwrap();
        assert!(implementation(&input).is_err());
    }
}
