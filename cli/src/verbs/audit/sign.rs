//! Heads, signed with a key of one's own: Ed25519 (RFC 8032), keys as PEM (RFC 8410).

use std::path::Path;

use ed25519_dalek::pkcs8::{DecodePrivateKey, DecodePublicKey};
use ed25519_dalek::{Signature, Signer, SigningKey, VerifyingKey};
use interlock_core::audit::log::Head;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::failure::Failure;
use crate::input::{Disk, shown};

/// What a log is known by, and who says so.
#[derive(Debug, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Signed {
    /// The head.
    pub head: Head,
    /// The Ed25519 signature, in hexadecimal, of `interlock log head 1`, a line feed and the head's canonical JSON.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signature: Option<String>,
    /// The public key that belongs to it, in hexadecimal. It is for finding the key: whoever forges a head brings their own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<String>,
}

impl Signed {
    /// A head, signed where a key is named.
    pub(super) fn of(head: Head, key: Option<&Path>, disk: &mut Disk) -> Result<Self, Failure> {
        let Some(path) = key else { return Ok(Self { head, signature: None, key: None }) };
        let key = SigningKey::from_pkcs8_pem(&disk.text(path)?).map_err(|_| {
            let message = format!("`{}` is no private key: expected an Ed25519 key in PEM", shown(path));
            Failure::new(message, "make one: `openssl genpkey -algorithm ed25519 -out key.pem`")
        })?;
        let signature = key.sign(&bytes(&head)?);
        Ok(Self { head, signature: Some(hex(&signature.to_bytes())), key: Some(hex(key.verifying_key().as_bytes())) })
    }

    /// Whether it is signed by this key.
    pub(super) fn is_signed_by(&self, key: &VerifyingKey) -> Result<bool, Failure> {
        let signature = self.signature.as_deref().and_then(unhex).and_then(|bytes| Signature::from_slice(&bytes).ok());
        let bytes = bytes(&self.head)?;
        Ok(signature.is_some_and(|signature| key.verify_strict(&bytes, &signature).is_ok()))
    }
}

fn bytes(head: &Head) -> Result<Vec<u8>, Failure> {
    head.signed_bytes().map_err(|error| Failure { message: error.to_string(), help: None })
}

/// Reads a head that was kept.
pub(super) fn read(disk: &mut Disk, path: &Path) -> Result<Signed, Failure> {
    serde_json::from_str(&disk.text(path)?).map_err(|error| {
        let message = format!("`{}` is no head: {error}", shown(path));
        Failure::new(message, "name a file that `interlock audit head` wrote")
    })
}

/// Reads a public key.
pub(super) fn public(disk: &mut Disk, path: &Path) -> Result<VerifyingKey, Failure> {
    VerifyingKey::from_public_key_pem(&disk.text(path)?).map_err(|_| {
        let message = format!("`{}` is no public key: expected an Ed25519 key in PEM", shown(path));
        Failure::new(message, "take it from the private one: `openssl pkey -in key.pem -pubout -out public.pem`")
    })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let pairs = text.as_bytes().chunks_exact(2);
    if !pairs.remainder().is_empty() {
        return None;
    }
    pairs.map(|pair| u8::from_str_radix(std::str::from_utf8(pair).ok()?, 16).ok()).collect()
}
