extension Binds {
    /// Lends the values as libpq wants them: pointers, lengths and formats (all binary).
    func withPointers<Result>(
        _ body: (
            Int32, UnsafePointer<UnsafePointer<CChar>?>?, UnsafePointer<Int32>?, UnsafePointer<Int32>?
        ) -> Result
    ) -> Result {
        guard count > 0 else { return body(0, nil, nil, nil) }
        return buffer.withUnsafeBytes { bytes in
            withUnsafeTemporaryAllocation(of: UnsafePointer<CChar>?.self, capacity: count) { values in
                withUnsafeTemporaryAllocation(of: Int32.self, capacity: count) { formats in
                    var offset = 0
                    for index in 0..<count {
                        formats[index] = 1
                        values[index] = lengths[index] < 0 ? nil : Self.pointer(into: bytes, at: offset)
                        offset += max(0, Int(lengths[index]))
                    }
                    return lengths.withUnsafeBufferPointer {
                        body(Int32(count), values.baseAddress, $0.baseAddress, formats.baseAddress)
                    }
                }
            }
        }
    }

    /// An empty value must still have an address: nil would bind NULL.
    private static func pointer(into bytes: UnsafeRawBufferPointer, at offset: Int) -> UnsafePointer<CChar>? {
        guard let base = bytes.baseAddress else { return emptyValue }
        return base.advanced(by: offset).assumingMemoryBound(to: CChar.self)
    }

    // Unsafe: a pointer is not Sendable, but this one is never written through.
    private nonisolated(unsafe) static let emptyValue = UnsafePointer<CChar>(
        UnsafeMutablePointer<CChar>.allocate(capacity: 1))
}
