fn main() {
    for n in ["baseline", "candidate"] {
        let t = std::fs::read_to_string(format!("/tmp/contracts/{n}.src.json")).unwrap();
        let c: interlock_core::contract::Contract = serde_json::from_str(&t).unwrap();
        std::fs::write(format!("/tmp/contracts/{n}.norm.json"), serde_json::to_string(&c).unwrap()).unwrap();
    }
}
