export function DigestPage() {
  return <p />;
}
