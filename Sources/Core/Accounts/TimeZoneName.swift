import Foundation

/// The name of a time zone in the IANA database.
public struct TimeZoneName: Sendable, Hashable, CustomStringConvertible {
    public static let utc = TimeZoneName(stored: "UTC")

    public let text: String

    /// Nil when this machine's time-zone database has no such name.
    public init?(_ text: String) {
        guard text == "UTC" || Self.known.contains(text) || Self.isAlias(text) else { return nil }
        self.text = text
    }

    /// A name as an earlier check stored it.
    public init(stored: String) {
        text = stored
    }

    public var description: String { text }

    /// An older or newer name of a zone, such as `Asia/Kolkata`, which the list of known ones leaves out.
    private static func isAlias(_ text: String) -> Bool {
        text.contains("/") && !text.contains(".") && TimeZone(identifier: text)?.identifier == text
    }

    private static let known = Set(TimeZone.knownTimeZoneIdentifiers)
}
