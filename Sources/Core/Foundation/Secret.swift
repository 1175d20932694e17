/// Bytes that must not be printed, logged or compared in variable time.
public struct Secret: Sendable {
    private let bytes: [UInt8]

    public init(_ bytes: [UInt8]) {
        self.bytes = bytes
    }

    public init(_ text: String) {
        bytes = Array(text.utf8)
    }

    /// The bytes themselves. The name is long so that every use is easy to find.
    public func revealed() -> [UInt8] {
        bytes
    }

    public var count: Int { bytes.count }
}

extension Secret: Equatable {
    /// Takes the same time wherever the first difference is; only a difference in length shows.
    public static func == (left: Secret, right: Secret) -> Bool {
        ConstantTime.equal(left.bytes, right.bytes)
    }
}

extension Secret: CustomStringConvertible, CustomDebugStringConvertible, CustomReflectable {
    public var description: String { "Secret(redacted)" }
    public var debugDescription: String { description }
    public var customMirror: Mirror { Mirror(self, children: []) }
}

/// Comparison whose time tells nothing about the content.
public enum ConstantTime {
    public static func equal(_ left: some Collection<UInt8>, _ right: some Collection<UInt8>) -> Bool {
        guard left.count == right.count else { return false }
        var difference: UInt8 = 0
        for (one, other) in zip(left, right) { difference |= one ^ other }
        return difference == 0
    }
}
