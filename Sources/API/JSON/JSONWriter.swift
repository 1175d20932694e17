/// Writes values as JSON straight into bytes, in the order in which they encode themselves, without a tree between.
///
/// The same value always gives the same bytes, so their hash is an entity tag. A property without a value is written as
/// `null`. A `Dictionary` has no order of its own and has no place in what is written here.
package final class JSONWriter {
    package enum Failure: Error, Equatable {
        /// JSON has no infinities and no NaN.
        case notFinite
        /// A value wrote to a container after it had gone on with another, or two values where one belongs.
        case outOfOrder
    }

    /// All state is one value, so that a call costs one check of exclusive access: with a property each, these checks
    /// took 40 % of the time.
    var output = JSONOutput()

    private init() {}

    /// The JSON text of a value.
    package static func encode(_ value: some Encodable) throws -> [UInt8] {
        let writer = JSONWriter()
        try writer.writeNested(value, level: 0)
        return try writer.output.finish()
    }

    /// The JSON text of a tree.
    package static func encode(_ value: JSONValue) -> [UInt8] {
        var output = JSONOutput()
        output.write(value)
        return output.bytes
    }

    /// Writes a value that encodes itself, at the place just made ready.
    func writeNested(_ value: some Encodable, level: Int) throws {
        let slot = JSONSlot(writer: self, level: level, serial: output.openSlot())
        try value.encode(to: slot)
        output.closeEmptySlot()
    }
}
