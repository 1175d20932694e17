import Foundation

/// A thread of our own: blocking calls must not take one of the cooperative pool's.
enum OSThread {
    /// - Parameter name: At most 15 characters, what Linux keeps.
    static func start(name: String, _ body: @escaping @Sendable () -> Void) {
        let thread = Thread(block: body)
        thread.name = name
        thread.start()
    }
}
