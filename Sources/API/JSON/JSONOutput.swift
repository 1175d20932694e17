/// What a ``JSONWriter`` has written, and what is open in it.
///
/// `Codable` never says that a container is finished: each open one is a frame, and a frame ends when something is
/// written to one further out. What is written to a frame that has ended is refused.
struct JSONOutput {
    private struct Frame {
        let serial: Int
        let closing: UInt8
        var isEmpty = true
    }

    /// Room for an ordinary response, so that the buffer grows once or never.
    private static let initialCapacity = 1024

    var bytes: [UInt8] = []
    private var frames: ContiguousArray<Frame> = []
    /// The place that waits for its value; 0 while none does.
    private var pending = 0
    private var lastSerial = 0
    private var failure: JSONWriter.Failure?

    init() {
        bytes.reserveCapacity(Self.initialCapacity)
    }

    /// Ends all that is open.
    mutating func finish() throws -> [UInt8] {
        close(to: 0)
        if let failure { throw failure }
        return bytes
    }

    /// Announces a place for one value.
    mutating func openSlot() -> Int {
        lastSerial += 1
        pending = lastSerial
        return lastSerial
    }

    /// Takes the place for a scalar that is about to be written.
    mutating func fillSlot(_ serial: Int) throws {
        guard pending == serial else { throw JSONWriter.Failure.outOfOrder }
        pending = 0
    }

    /// An object without members stands for a value that wrote nothing.
    mutating func closeEmptySlot() {
        guard pending != 0 else { return }
        pending = 0
        bytes.append(UInt8(ascii: "{"))
        bytes.append(UInt8(ascii: "}"))
    }

    /// Starts a container in a place, or goes on with the one that was started there.
    mutating func openFrame(slot serial: Int, level: Int, opening: UInt8, closing: UInt8) {
        if level < frames.count, frames[level].serial == serial {
            if frames[level].closing != closing { failure = .outOfOrder }
            return
        }
        guard pending == serial, frames.count == level else {
            failure = .outOfOrder
            return
        }
        pending = 0
        frames.append(Frame(serial: serial, closing: closing))
        bytes.append(opening)
    }

    /// Gets ready for the next element of a frame: ends what is open inside it and writes the comma.
    mutating func beginElement(level: Int, serial: Int) throws {
        guard level < frames.count, frames[level].serial == serial else { throw JSONWriter.Failure.outOfOrder }
        close(to: level + 1)
        if frames[level].isEmpty {
            frames[level].isEmpty = false
        } else {
            bytes.append(UInt8(ascii: ","))
        }
    }

    /// As ``beginElement(level:serial:)``, with the name of the member.
    mutating func beginMember(_ name: String, level: Int, serial: Int) throws {
        try beginElement(level: level, serial: serial)
        writeName(name)
    }

    /// Where the caller can't throw, it is told at the end that an element came out of order.
    mutating func fail() {
        failure = .outOfOrder
    }

    private mutating func close(to level: Int) {
        closeEmptySlot()
        while frames.count > level, let frame = frames.popLast() { bytes.append(frame.closing) }
    }
}
