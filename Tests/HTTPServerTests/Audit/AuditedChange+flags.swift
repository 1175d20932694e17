import HTTPTypes
import Testing

@testable import HTTPServer

extension AuditedChange {
    /// What administrators of the installation change of flags, which is in nobody's own log.
    static let flags: [AuditedChange] = [
        AuditedChange("setFlag", .administration("flag.created", of: nil)) {
            try $0.root(#"{"default":true}"#, ["key": "new-editor"])
        },
        AuditedChange("setFlag", .administration("flag.updated", of: nil)) {
            try $0.root(#"{"default":true}"#, ["key": try await $0.flag()])
        },
        AuditedChange("removeFlag", .administration("flag.deleted", of: nil)) {
            try $0.root(nil, ["key": try await $0.flag()])
        },
    ]
}

extension AuditScene {
    /// Makes a flag that is off and returns its key.
    fileprivate func flag() async throws -> String {
        let key = "new-editor"
        let made = try await api.send(
            .put, "/api/v1/admin/flags/\(key)", "{}", headers: TestAPI.bearer(access(of: .root)))
        #expect(made.status == 200, "\(made.text)")
        return key
    }
}
