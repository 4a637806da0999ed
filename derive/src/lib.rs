//! `#[derive(Decode)]`: reading a type from JSON with every fault at once, in little code.
//!
//! Input: a type with serde's attributes; `rename_all = "snake_case"`, `transparent`, `default`, `default = "path"`,
//! `rename` and `skip` are known, and `serialize`-only ones are passed over. Output: an implementation of
//! `crate::json::Decode`. Invariant: what it reads without a finding, serde reads the same; a test in the engine
//! compares the two.
//!
//! serde's own derive makes a visitor for each type, and each is compiled once for every way of reading: of the
//! engine's module that was a quarter. Here a type is a list of calls into code that is shared by all.

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use syn::parse::{Parse, ParseStream};
use syn::punctuated::Punctuated;
use syn::{Attribute, Data, DeriveInput, Error, Fields, Ident, LitStr, Path, Result, Token, Type, parse_macro_input};

/// Implements `crate::json::Decode`; see the crate's documentation.
#[proc_macro_derive(Decode, attributes(serde))]
pub fn decode(input: proc_macro::TokenStream) -> proc_macro::TokenStream {
    let input = parse_macro_input!(input as DeriveInput);
    implementation(&input).unwrap_or_else(Error::into_compile_error).into()
}

/// What serde's attributes say, as far as it matters to reading.
#[derive(Default)]
struct Said {
    rename: Option<String>,
    snake_case: bool,
    default: Option<Option<Path>>,
    skip: bool,
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
                ("rename_all", Some(value)) if value.value() == "snake_case" => said.snake_case = true,
                ("default", None) => said.default = Some(None),
                ("default", Some(path)) => said.default = Some(Some(path.parse()?)),
                ("skip", None) => said.skip = true,
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
    Ok(said)
}

fn implementation(input: &DeriveInput) -> Result<TokenStream> {
    let said = said(&input.attrs)?;
    let body = match &input.data {
        Data::Struct(data) => match &data.fields {
            Fields::Named(_) => named(&data.fields, &said)?,
            Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                quote! { crate::json::Decode::decode(node).map(Self) }
            }
            _ => return Err(Error::new_spanned(&input.ident, "only structs with named fields or a single one")),
        },
        Data::Enum(data) => {
            let mut words = Vec::new();
            let mut arms = Vec::new();
            for (at, variant) in data.variants.iter().enumerate() {
                let ident = &variant.ident;
                let name = ident.to_string();
                words.push(if said.snake_case { snake_case(&name) } else { name });
                arms.push(match &variant.fields {
                    Fields::Unit => quote! { #at => word.alone().map(|()| Self::#ident) },
                    Fields::Unnamed(fields) if fields.unnamed.len() == 1 => {
                        quote! { #at => crate::json::Decode::decode(&word.content()?).map(Self::#ident) }
                    }
                    _ => return Err(Error::new_spanned(variant, "only variants without a value or with a single one")),
                });
            }
            quote! {
                let word = node.word(&[#(#words),*])?;
                match word.at {
                    #(#arms,)*
                    _ => None,
                }
            }
        }
        Data::Union(_) => return Err(Error::new_spanned(&input.ident, "unions cannot be read")),
    };
    let name = &input.ident;
    Ok(quote! {
        #[automatically_derived]
        impl crate::json::Decode for #name {
            fn decode(node: &crate::json::Node<'_>) -> Option<Self> {
                #body
            }
        }
    })
}

fn named(fields: &Fields, container: &Said) -> Result<TokenStream> {
    let mut keys = Vec::new();
    let mut reads = Vec::new();
    let mut gives = Vec::new();
    let base = container.default.is_some().then(|| quote! { let base = <Self as Default>::default(); });
    for field in fields {
        let Some(ident) = &field.ident else { continue };
        let said = said(&field.attrs)?;
        if said.skip {
            gives.push(quote! { #ident: Default::default() });
            continue;
        }
        let name = ident.to_string();
        let key = said.rename.unwrap_or_else(|| name.strip_prefix("r#").unwrap_or(&name).to_owned());
        let ty = &field.ty;
        let read_as = format_ident!("field_{}", keys.len());
        let (read, give) = match (&said.default, &container.default) {
            (Some(Some(path)), _) => (quote! { object.may::<#ty>(#key) }, quote! { #read_as.unwrap_or_else(#path) }),
            (Some(None), _) => (quote! { object.may::<#ty>(#key) }, quote! { #read_as.unwrap_or_default() }),
            (None, Some(_)) => (quote! { object.may::<#ty>(#key) }, quote! { #read_as.unwrap_or(base.#ident) }),
            (None, None) if is_option(ty) => {
                (quote! { object.may::<#ty>(#key) }, quote! { #read_as.unwrap_or_default() })
            }
            (None, None) => (quote! { object.must::<#ty>(#key) }, quote! { #read_as? }),
        };
        keys.push(key);
        reads.push(quote! { let #read_as: Option<#ty> = #read; });
        gives.push(quote! { #ident: #give });
    }
    Ok(quote! {
        let object = node.object(&[#(#keys),*])?;
        #(#reads)*
        #base
        Some(Self { #(#gives),* })
    })
}

fn is_option(ty: &Type) -> bool {
    matches!(ty, Type::Path(path) if path.path.segments.last().is_some_and(|last| last.ident == "Option"))
}

/// serde's `snake_case`: an underscore before every capital but the first.
fn snake_case(name: &str) -> String {
    let mut out = String::new();
    for (at, letter) in name.char_indices() {
        if at > 0 && letter.is_uppercase() {
            out.push('_');
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
            assert_eq!(snake_case(name), word);
        }
    }

    #[test]
    fn what_it_does_not_know_it_refuses() {
        let input: DeriveInput = syn::parse_str("#[serde(untagged)] enum A { B(u8) }").unwrap();
        assert!(implementation(&input).unwrap_err().to_string().contains("`untagged` is not known"));
        let input: DeriveInput = syn::parse_str("enum A { B { c: u8 } }").unwrap();
        assert!(implementation(&input).is_err());
    }
}
