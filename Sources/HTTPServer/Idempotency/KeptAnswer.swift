import Auth
import Core
import Crypto
import Foundation
import HTTPTypes
import Hummingbird
import NIOCore

/// An answer as it is kept to be given again: its status, header fields and body.
struct KeptAnswer: Codable, Equatable {
    struct Field: Codable, Equatable {
        let name: String
        let value: String
    }

    let status: Int
    let fields: [Field]
    let body: Data

    init(status: Int, fields: [Field], body: Data) {
        self.status = status
        self.fields = fields
        self.body = body
    }

    /// - Parameter body: What the response's body is written from.
    init(_ response: Response, body: [UInt8]?) {
        status = response.status.code
        fields = response.headers.map { Field(name: $0.name.rawName, value: $0.value) }
        self.body = Data(body ?? [])
    }

    var response: Response {
        var headers = HTTPFields()
        for field in fields {
            if let name = HTTPField.Name(field.name) { headers.append(HTTPField(name: name, value: field.value)) }
        }
        headers[.idempotentReplayed] = "true"
        return Response(
            status: .init(code: status), headers: headers,
            body: body.isEmpty ? .init() : .init(byteBuffer: ByteBuffer(bytes: body)))
    }
}

/// Seals kept answers, which may carry credentials: opening one takes both a master key and the key that the caller
/// sent, of which the database has only a hash.
struct AnswerSeal: Sendable {
    private static let purpose = "idempotent-answer"

    let masterKeys: MasterKeys
    /// As the caller sent it.
    let idempotencyKey: String

    /// What the database knows the key by.
    var keyHash: String { HexDigits.encode(SHA256.hash(data: Array(idempotencyKey.utf8))) }

    func seal(_ answer: KeptAnswer) throws -> [UInt8] {
        let box = try AES.GCM.seal(JSONEncoder().encode(answer), using: key(under: masterKeys.derive(Self.purpose)))
        guard let sealed = box.combined else { throw CryptoKitError.incorrectParameterSize }
        return Array(sealed)
    }

    /// Nil for what was sealed under a master key that is gone.
    func open(_ sealed: [UInt8]) -> KeptAnswer? {
        guard let box = try? AES.GCM.SealedBox(combined: sealed) else { return nil }
        return masterKeys.deriveAll(Self.purpose).lazy
            .compactMap { try? AES.GCM.open(box, using: key(under: $0)) }.first
            .flatMap { try? JSONDecoder().decode(KeptAnswer.self, from: $0) }
    }

    private func key(under masterKey: SymmetricKey) -> SymmetricKey {
        HKDF<SHA256>.deriveKey(
            inputKeyMaterial: masterKey, salt: Array(idempotencyKey.utf8), info: Array("plinth/\(Self.purpose)".utf8),
            outputByteCount: 32)
    }
}
