/// Encrypts what must be read back and must not lie in clear: made of the master keys by who has them, handed to what has not.
public struct SecretSealing: Sendable {
    private let sealing: @Sendable (_ plaintext: [UInt8], _ context: String) throws -> [UInt8]
    private let opening: @Sendable (_ sealed: [UInt8], _ context: String) throws -> [UInt8]

    public init(
        seal: @escaping @Sendable (_ plaintext: [UInt8], _ context: String) throws -> [UInt8],
        open: @escaping @Sendable (_ sealed: [UInt8], _ context: String) throws -> [UInt8]
    ) {
        sealing = seal
        opening = open
    }

    /// - Parameter context: What the text is for; it opens for no other.
    public func seal(_ plaintext: [UInt8], context: String) throws -> [UInt8] { try sealing(plaintext, context) }

    /// - Throws: For what was not sealed for this context, or changed since.
    public func open(_ sealed: [UInt8], context: String) throws -> [UInt8] { try opening(sealed, context) }
}
