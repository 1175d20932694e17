/// What people call the device and program behind a `User-Agent`: `Firefox on Linux`.
///
/// A guess for the list of one's sessions, made of nothing but names that stand here. An iPad that asks for desktop
/// pages says that it is a Mac, and is called one.
public struct DeviceDescription: Sendable, Hashable {
    /// Bytes that are looked at.
    static let longestInBytes = 512

    /// The program; nil when it is none of those known.
    public let browser: Browser?
    /// The device or its operating system; nil when it is none of those known.
    public let system: System?

    /// Nil when nothing is recognised.
    public init?(userAgent: String) {
        let words = UserAgentWords(userAgent.utf8.prefix(Self.longestInBytes))
        let system = System.marks.first { words.all.contains($0.word) }?.system
        let browser = Browser.marks.first { words.products.contains($0.product) }?.browser
        // Many browsers call themselves Safari where there is none.
        self.browser = browser == .safari && !System.withSafari.contains(system) ? nil : browser
        self.system = system
        guard self.browser != nil || system != nil else { return nil }
    }

    /// For people: `Safari on iPhone`, `curl`, `Windows`.
    public var text: String {
        [browser?.rawValue, system?.rawValue].compactMap(\.self).joined(separator: " on ")
    }
}

extension DeviceDescription: CustomStringConvertible {
    public var description: String { text }
}

/// The words of a `User-Agent` (RFC 9110, section 10.1.5), comments included.
private struct UserAgentWords {
    private(set) var all: Set<String> = []
    /// Words before a slash, as in `Firefox/128.0`: the name of a phone is not taken for that of a browser.
    private(set) var products: Set<String> = []

    init(_ text: some Collection<UInt8>) {
        var word: [UInt8] = []
        for byte in text {
            switch Unicode.Scalar(byte) {
            case "/":
                products.insert(String(decoding: word, as: UTF8.self))
                fallthrough
            case " ", ";", ",", "(", ")", "[", "]":
                all.insert(String(decoding: word, as: UTF8.self))
                word.removeAll(keepingCapacity: true)
            default:
                word.append(byte)
            }
        }
        all.insert(String(decoding: word, as: UTF8.self))
    }
}
