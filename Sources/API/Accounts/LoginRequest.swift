public import Core

/// What signs somebody in.
public struct LoginRequest: Codable, Sendable {
    public let email: EmailAddress
    public let password: PasswordText
    public let deviceName: DeviceNameText?

    public init(email: EmailAddress, password: PasswordText, deviceName: DeviceNameText? = nil) {
        self.email = email
        self.password = password
        self.deviceName = deviceName
    }

    private enum CodingKeys: String, CodingKey {
        case email
        case password
        case deviceName = "device_name"
    }
}
