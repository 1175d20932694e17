import Auth

/// The master keys, where the settings name them.
struct SecretConfiguration: Sendable {
    private static let remedy = "make one with `openssl rand -hex 32`."

    /// Nil where the development key of the data directory is used.
    let masterKeys: MasterKeys?

    init(_ settings: Settings, isProduction: Bool, problems: inout [String]) {
        let texts = settings.list(.secretKey)
        guard !texts.isEmpty else {
            if isProduction {
                problems.append("PLINTH_SECRET_KEY is not set: production needs a master key; \(Self.remedy)")
            }
            masterKeys = nil
            return
        }
        do throws(MasterKeys.Problem) {
            masterKeys = try MasterKeys(hexadecimal: texts)
        } catch {
            problems.append("PLINTH_SECRET_KEY \(Self.sentence(error)); \(Self.remedy)")
            masterKeys = nil
        }
    }

    private static func sentence(_ problem: MasterKeys.Problem) -> String {
        switch problem {
        case .missing: "is empty"
        case .malformed(let position): "has a key that is not 64 hexadecimal digits (number \(position) of the list)"
        case .weak(let position): "has a key that anyone could guess (number \(position) of the list)"
        }
    }
}
