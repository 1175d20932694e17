import Core
import Crypto

extension AuditHashing {
    /// As the audit log is sealed.
    static let sha256 = AuditHashing { Array(SHA256.hash(data: $0)) }
}
