import Foundation

/// The memory that hashes are computed in, kept by a thread from one hash to the next.
///
/// Fresh memory costs about a third of a hash: the system hands out and clears each of its pages anew. libargon2 clears
/// what it wrote before it gives the memory back, so nothing of a password stays in it.
final class HashingMemory {
    /// What the processor handles as one piece, where it can: 46 MiB are then 23 pages and not 11,776.
    private static let hugePage = 2 << 20  // bytes
    private static let key = "HashingMemory"

    private var block: UnsafeMutableRawPointer?
    private var size = 0  // bytes

    /// Of the thread that asks; nil where each hash takes memory of its own.
    static var ofThread: HashingMemory? { Thread.current.threadDictionary[key] as? HashingMemory }

    /// From now on the thread that asks keeps its memory, until it ends.
    static func keepOnThread() -> HashingMemory {
        let memory = HashingMemory()
        Thread.current.threadDictionary[key] = memory
        return memory
    }

    deinit {
        free(block)
    }

    /// As many bytes or more, with whatever is in them; nil when the system has none.
    func bytes(_ count: Int) -> UnsafeMutableRawPointer? {
        if count > size {
            giveBack()
            guard posix_memalign(&block, Self.hugePage, count) == 0, let block else { return nil }
            size = count
            #if os(Linux)
                // A wish: without huge pages it is slower and no less right.
                _ = madvise(block, count, MADV_HUGEPAGE)
            #endif
        }
        return block
    }

    /// Until the next hash it takes none.
    func giveBack() {
        free(block)
        block = nil
        size = 0
    }
}
