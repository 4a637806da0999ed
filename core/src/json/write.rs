//! JSON text of what serialises, without white space: the bytes that `serde_json::to_string` gives, from less code.
//!
//! Input: anything that serialises. Output: its JSON. Invariant: byte for byte what `serde_json` writes, which a property
//! compares; where nothing is generic over the value, nothing is compiled anew for each type.

use std::fmt;

use serde::ser::{self, Serialize};
use serde_json::Number;

/// The error of a writer that has none, so that no code waits for one.
#[derive(Debug)]
enum Never {}

impl fmt::Display for Never {
    fn fmt(&self, _: &mut fmt::Formatter<'_>) -> fmt::Result {
        match *self {}
    }
}

impl std::error::Error for Never {}

impl ser::Error for Never {
    fn custom<T: fmt::Display>(_: T) -> Self {
        unreachable!("a type refuses to be written, which none of ours does")
    }
}

/// The JSON of `value`, without white space.
///
/// # Panics
/// When a type refuses to be written, as some of the standard library do. None of ours does.
///
/// ```
/// assert_eq!(interlock_core::json::text(&[Some("a\n"), None]), r#"["a\n",null]"#);
/// ```
pub fn text(value: &impl Serialize) -> String {
    let mut writer = Writer { out: String::with_capacity(128), verbatim: false };
    let Ok(()) = value.serialize(&mut writer);
    writer.out
}

/// Under this name `serde_json` hands on a number as its author wrote it.
const NUMBER: &str = "$serde_json::private::Number";

struct Writer {
    out: String,
    /// A number as its author wrote it comes next, without quotes.
    verbatim: bool,
}

impl Writer {
    fn quoted(&mut self, text: &str) {
        if self.verbatim {
            self.verbatim = false;
            return self.out.push_str(text);
        }
        self.out.push('"');
        let mut plain = 0;
        for (at, byte) in text.bytes().enumerate() {
            let short = match byte {
                b'"' => "\\\"",
                b'\\' => "\\\\",
                b'\n' => "\\n",
                b'\r' => "\\r",
                b'\t' => "\\t",
                0x08 => "\\b",
                0x0c => "\\f",
                0..0x20 => "\\u00",
                _ => continue,
            };
            self.out.push_str(text.get(plain..at).unwrap_or_default());
            self.out.push_str(short);
            if short.len() > 2 {
                for digit in [byte >> 4, byte & 15] {
                    self.out.extend(char::from_digit(digit.into(), 16));
                }
            }
            plain = at + 1;
        }
        self.out.push_str(text.get(plain..).unwrap_or_default());
        self.out.push('"');
    }

    fn whole(&mut self, negative: bool, mut number: u64) {
        let mut digits = [0_u8; 20];
        let mut at = digits.len();
        while let Some(digit) = at.checked_sub(1).and_then(|before| digits.get_mut(before)) {
            *digit = b'0' + u8::try_from(number % 10).unwrap_or_default();
            number /= 10;
            at -= 1;
            if number == 0 {
                break;
            }
        }
        if negative {
            self.out.push('-');
        }
        self.out.extend(digits.iter().skip(at).map(|digit| char::from(*digit)));
    }

    /// Opens a list or an object, under a key of its own where it is a variant.
    fn open(&mut self, variant: Option<&str>, start: char) {
        if let Some(variant) = variant {
            self.out.push('{');
            self.key(variant);
        }
        self.out.push(start);
    }

    /// What stands between items, where one stands before.
    fn separate(&mut self) {
        if !self.out.ends_with(['[', '{']) {
            self.out.push(',');
        }
    }

    fn key(&mut self, key: &str) {
        if self.verbatim {
            return;
        }
        self.separate();
        self.quoted(key);
        self.out.push(':');
    }
}

/// A list or an object that is being written.
struct Open<'w> {
    writer: &'w mut Writer,
    end: &'static str,
}

impl Open<'_> {
    fn item(&mut self, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        self.writer.separate();
        value.serialize(&mut *self.writer)
    }

    fn member(&mut self, key: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), Never> {
        if key == NUMBER {
            // A number is no object, but this is how it comes. Types' names are not looked at: they are many.
            self.writer.out.pop();
            self.writer.verbatim = true;
            self.end = "";
        }
        self.writer.key(key);
        value.serialize(&mut *self.writer)
    }

    fn close(self) -> Result<(), Never> {
        self.writer.out.push_str(self.end);
        Ok(())
    }
}

macro_rules! wider {
    ($($narrow:ident($number:ident) $wide:ident;)*) => {$(
        fn $narrow(self, number: $number) -> Result<(), Never> {
            self.$wide(number.into())
        }
    )*};
}

impl<'w> ser::Serializer for &'w mut Writer {
    type Ok = ();
    type Error = Never;
    type SerializeSeq = Open<'w>;
    type SerializeTuple = Open<'w>;
    type SerializeTupleStruct = Open<'w>;
    type SerializeTupleVariant = Open<'w>;
    type SerializeMap = Open<'w>;
    type SerializeStruct = Open<'w>;
    type SerializeStructVariant = Open<'w>;

    fn serialize_bool(self, value: bool) -> Result<(), Never> {
        self.out.push_str(if value { "true" } else { "false" });
        Ok(())
    }

    fn serialize_u64(self, number: u64) -> Result<(), Never> {
        self.whole(false, number);
        Ok(())
    }

    fn serialize_i64(self, number: i64) -> Result<(), Never> {
        self.whole(number < 0, number.unsigned_abs());
        Ok(())
    }

    wider! {
        serialize_u8(u8) serialize_u64;
        serialize_u16(u16) serialize_u64;
        serialize_u32(u32) serialize_u64;
        serialize_i8(i8) serialize_i64;
        serialize_i16(i16) serialize_i64;
        serialize_i32(i32) serialize_i64;
        serialize_f32(f32) serialize_f64;
    }

    fn serialize_f64(self, number: f64) -> Result<(), Never> {
        match Number::from_f64(number) {
            Some(number) => self.out.push_str(&number.to_string()),
            None => self.out.push_str("null"),
        }
        Ok(())
    }

    fn serialize_char(self, c: char) -> Result<(), Never> {
        self.serialize_str(c.encode_utf8(&mut [0; 4]))
    }

    fn serialize_str(self, text: &str) -> Result<(), Never> {
        self.quoted(text);
        Ok(())
    }

    fn serialize_bytes(self, bytes: &[u8]) -> Result<(), Never> {
        bytes.serialize(self)
    }

    fn serialize_none(self) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_some<T: Serialize + ?Sized>(self, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_unit(self) -> Result<(), Never> {
        self.out.push_str("null");
        Ok(())
    }

    fn serialize_unit_struct(self, _: &'static str) -> Result<(), Never> {
        self.serialize_unit()
    }

    fn serialize_unit_variant(self, _: &'static str, _: u32, variant: &'static str) -> Result<(), Never> {
        self.serialize_str(variant)
    }

    fn serialize_newtype_struct<T: Serialize + ?Sized>(self, _: &'static str, value: &T) -> Result<(), Never> {
        value.serialize(self)
    }

    fn serialize_newtype_variant<T: Serialize + ?Sized>(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        value: &T,
    ) -> Result<(), Never> {
        self.out.push('{');
        self.key(variant);
        value.serialize(&mut *self)?;
        self.out.push('}');
        Ok(())
    }

    fn serialize_seq(self, _: Option<usize>) -> Result<Open<'w>, Never> {
        self.open(None, '[');
        Ok(Open { writer: self, end: "]" })
    }

    fn serialize_tuple(self, _: usize) -> Result<Open<'w>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, Never> {
        self.serialize_seq(None)
    }

    fn serialize_tuple_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'w>, Never> {
        self.open(Some(variant), '[');
        Ok(Open { writer: self, end: "]}" })
    }

    fn serialize_map(self, _: Option<usize>) -> Result<Open<'w>, Never> {
        self.open(None, '{');
        Ok(Open { writer: self, end: "}" })
    }

    fn serialize_struct(self, _: &'static str, _: usize) -> Result<Open<'w>, Never> {
        self.serialize_map(None)
    }

    fn serialize_struct_variant(
        self,
        _: &'static str,
        _: u32,
        variant: &'static str,
        _: usize,
    ) -> Result<Open<'w>, Never> {
        self.open(Some(variant), '{');
        Ok(Open { writer: self, end: "}}" })
    }
}

macro_rules! lists {
    ($($kind:ident: $item:ident;)*) => {$(
        impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn $item<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
                self.item(value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        }
    )*};
}

lists! {
    SerializeSeq: serialize_element;
    SerializeTuple: serialize_element;
    SerializeTupleStruct: serialize_field;
    SerializeTupleVariant: serialize_field;
}

macro_rules! objects {
    ($($kind:ident;)*) => {$(
        impl ser::$kind for Open<'_> {
            type Ok = ();
            type Error = Never;

            fn serialize_field<T: Serialize + ?Sized>(&mut self, key: &'static str, value: &T) -> Result<(), Never> {
                self.member(key, value)
            }

            fn end(self) -> Result<(), Never> {
                self.close()
            }
        }
    )*};
}

objects! {
    SerializeStruct;
    SerializeStructVariant;
}

impl ser::SerializeMap for Open<'_> {
    type Ok = ();
    type Error = Never;

    fn serialize_key<T: Serialize + ?Sized>(&mut self, key: &T) -> Result<(), Never> {
        self.writer.separate();
        let start = self.writer.out.len();
        key.serialize(&mut *self.writer)?;
        if self.writer.out.as_bytes().get(start) != Some(&b'"') {
            // A number is a key as a text.
            self.writer.out.insert(start, '"');
            self.writer.out.push('"');
        }
        self.writer.out.push(':');
        Ok(())
    }

    fn serialize_value<T: Serialize + ?Sized>(&mut self, value: &T) -> Result<(), Never> {
        value.serialize(&mut *self.writer)
    }

    fn end(self) -> Result<(), Never> {
        self.close()
    }
}

#[cfg(test)]
#[path = "write_tests.rs"]
mod tests;
