/// Something of the service's own, in a module named as one of Plinth's is.
public struct Greeting: Sendable, CustomStringConvertible {
    public let description: String

    public init(to name: String) {
        description = "Good to see you, \(name)."
    }
}
