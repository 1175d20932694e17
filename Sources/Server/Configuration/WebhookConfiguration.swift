import Core

/// Whom teams may have called.
struct WebhookConfiguration: Sendable {
    let reach: WebhookURL.Reach

    init(_ settings: Settings, isProduction: Bool, problems: inout [String]) {
        let isOn = settings.text(.webhookAllowPrivate) == "on"
        if isProduction, isOn {
            problems.append(
                "PLINTH_WEBHOOK_ALLOW_PRIVATE is on: production refuses it, since any team could call this network.")
        }
        reach = isOn ? .anywhere : .publicOnly
    }
}
