fn main() {
    let dir = std::env::args().nth(1).unwrap();
    std::fs::create_dir_all(&dir).unwrap();
    let w = interlock_demo::workspace();
    for f in &w.files {
        std::fs::write(format!("{dir}/{}", f.name), &f.bytes).unwrap();
    }
    for (m, ids) in w.planted.all() {
        println!("{m:?} {} {}", ids.len(), ids[0]);
    }
}
