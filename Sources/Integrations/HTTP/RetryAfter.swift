import Core
import Foundation

/// When the other side wants to be asked again.
enum RetryAfter {
    /// Reads `Retry-After` (RFC 9110, section 10.2.3): seconds, or a date.
    static func duration(_ value: String, at now: Timestamp) -> Duration? {
        let text = value.trimmingCharacters(in: .whitespaces)
        if let seconds = Int64(text) { return seconds >= 0 ? .seconds(min(seconds, most)) : nil }
        let format = DateFormatter()
        format.locale = Locale(identifier: "en_US_POSIX")
        format.timeZone = TimeZone(secondsFromGMT: 0)
        format.dateFormat = "EEE, dd MMM yyyy HH:mm:ss zzz"
        guard let date = format.date(from: text) else { return nil }
        return until(seconds: Int64(date.timeIntervalSince1970), at: now)
    }

    /// The time until a moment in seconds since 1970.
    static func until(seconds: Int64, at now: Timestamp) -> Duration {
        max(.zero, Timestamp(seconds: seconds) - now)
    }

    /// Far beyond what anybody waits for, and far from an overflow.
    private static let most: Int64 = 1 << 32  // seconds
}
