/// Which hundredth of all subjects one belongs to, for one flag.
///
/// It follows from the flag's key and the subject's id alone: a subject stays where it is, on every instance and after every
/// start, and a percentage that rises only adds subjects. The key is in it so that not the same subjects come first for every
/// flag. It is no secret and keeps none.
enum FlagShare {
    private static let hundredths: UInt64 = 100

    /// 0 to 99.
    static func hundredth(of subject: [UInt8], for key: FlagKey) -> Int {
        // Scaled instead of divided with remainder, so that no hundredth is larger than another by more than one of 2^64.
        Int(mixed(hash(Array(key.text.utf8) + [0] + subject)).multipliedFullWidth(by: hundredths).high)
    }

    /// FNV-1a of 64 bits (draft-eastlake-fnv).
    private static func hash(_ bytes: [UInt8]) -> UInt64 {
        bytes.reduce(0xcbf2_9ce4_8422_2325) { ($0 ^ UInt64($1)) &* 0x0000_0100_0000_01b3 }
    }

    /// The last step of MurmurHash3 of 64 bits, for FNV's upper bits say little of the last bytes.
    private static func mixed(_ hash: UInt64) -> UInt64 {
        var hash = hash
        hash = (hash ^ hash >> 33) &* 0xff51_afd7_ed55_8ccd
        hash = (hash ^ hash >> 33) &* 0xc4ce_b9fe_1a85_ec53
        return hash ^ hash >> 33
    }
}
