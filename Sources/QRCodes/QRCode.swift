internal import CQREncode

/// A QR code (ISO/IEC 18004) of a short text, drawn by libqrencode.
public struct QRCode: Sendable {
    /// The text is longer than the largest code holds at the chosen level.
    public struct TooLong: Error, Equatable {}

    /// Bytes that the largest code holds with 15 % of its modules to spare (level M).
    public static let longestInBytes = 2331
    /// Modules of light border that readers need (ISO/IEC 18004, section 5.3.8).
    static let quietZone = 4

    /// Modules on a side.
    let width: Int
    /// Whether a module is dark, row by row.
    let modules: [Bool]

    /// - Throws: ``TooLong``, also for an empty text.
    public init(_ text: String) throws(TooLong) {
        let bytes = Array(text.utf8)
        guard (1...Self.longestInBytes).contains(bytes.count),
            let code = QRcode_encodeData(Int32(bytes.count), bytes, 0, QR_ECLEVEL_M)
        else { throw TooLong() }
        defer { QRcode_free(code) }
        let width = Int(code.pointee.width)
        self.width = width
        // The lowest bit of a module's byte is its colour.
        modules = code.pointee.data.map { data in (0..<(width * width)).map { data[$0] & 1 == 1 } } ?? []
    }

    /// An image that scales, black on white whatever is behind it, without scripts, styles or links.
    public var svg: String {
        let size = width + 2 * Self.quietZone
        var path = ""
        for (index, isDark) in modules.enumerated() where isDark {
            path += "M\(index % width + Self.quietZone) \(index / width + Self.quietZone)h1v1h-1z"
        }
        return #"<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 \#(size) \#(size)" "#
            + ##"shape-rendering="crispEdges"><path fill="#fff" d="M0 0h\##(size)v\##(size)H0z"/>"##
            + ##"<path d="\##(path)"/></svg>"##
    }
}
